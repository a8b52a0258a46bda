import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { int32 } from "../../values/scalars.ts";
import { unary, untilNull, variadic } from "./arguments.ts";
import { arrayOf, integerOf } from "./array-access.ts";
import type { Compiler, Expression, OperatorTable, Result } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** Operators that make a new array: `$concatArrays`, `$range`, `$reverseArray` and `$zip`. */
export const arrayMakingOperators: OperatorTable = {
  $concatArrays: untilNull((values) => {
    const arrays = values
      .filter((value) => !isNullish(value))
      .map((value) => arrayOf(value, (type) => [28664, `$concatArrays only supports arrays, not ${type}`]));
    return arrays.length < values.length ? null : arrays.flat();
  }),
  $range: variadic(range, 2, 3),
  $reverseArray: unary((value) => {
    if (isNullish(value)) return null;
    return [
      ...arrayOf(value, (type) => [34435, `The argument to $reverseArray must be an array, but was of type: ${type}`]),
    ].reverse();
  }),
  $zip: compileZip,
};

function range([first, last, by]: readonly Result[]): Result {
  const start = rangePart(first, "starting value", 34443, 34444);
  const end = rangePart(last, "ending value", 34445, 34446);
  const step = by === undefined ? 1 : rangePart(by, "step value", 34447, 34448);
  if (step === 0) throw new MongoError(34449, "$range requires a non-zero step value");
  const items: Value[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) items.push(int32(at));
  return items;
}

const rangePart = (value: Result, part: string, notNumber: number, notInteger: number): number =>
  integerOf(value, (type) => [notNumber, `$range requires a numeric ${part}, found value of type:${type}`], [
    notInteger,
    `$range requires a ${part} that can be represented as a 32-bit integer`,
  ]);

function compileZip(argument: Value, compiler: Compiler): Expression {
  if (!(argument instanceof Document)) {
    throw new MongoError(34460, `$zip only supports an object as an argument, found ${typeName(argument)}`);
  }
  for (const name of argument.fields().keys()) {
    if (["inputs", "defaults", "useLongestLength"].includes(name)) continue;
    throw new MongoError(34464, `$zip found an unknown argument: ${name}`);
  }
  const [inputs, defaults, longest] = ["inputs", "defaults", "useLongestLength"].map((name) => argument.get(name));
  if (inputs !== undefined && !isArray(inputs)) {
    throw new MongoError(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  }
  if (defaults !== undefined && !isArray(defaults)) {
    throw new MongoError(34462, `defaults must be an array of expressions, found ${typeName(defaults)}`);
  }
  if (longest !== undefined && typeof longest !== "boolean") {
    throw new MongoError(34463, `useLongestLength must be a bool, found ${typeName(longest)}`);
  }
  if (!inputs?.length) throw new MongoError(34465, "$zip requires at least one input array");
  if (defaults && longest !== true) {
    throw new MongoError(34466, "cannot specify defaults unless useLongestLength is true");
  }
  if (defaults && defaults.length !== inputs.length) {
    throw new MongoError(34467, "defaults and inputs must have the same length");
  }
  const columns = inputs.map((input) => compiler.compile(input));
  const fillers = defaults?.map((value) => compiler.compile(value)) ?? [];
  return (document, variables) => {
    const values = columns.map((column) => column(document, variables));
    if (values.some(isNullish)) return null;
    const arrays = values.map((value) =>
      arrayOf(value, (type) => [34468, `$zip found a non-array expression in input: ${type}`]),
    );
    const lengths = arrays.map((array) => array.length);
    const length = longest === true ? Math.max(...lengths) : Math.min(...lengths);
    const fill = fillers.map((filler) => filler(document, variables) ?? null);
    return Array.from({ length }, (_, row) =>
      arrays.map((array, column) => (row < array.length ? array[row] : fill[column]) ?? null),
    );
  };
}

import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { Int32, int32 } from "../../values/scalars.ts";
import { binary, unary, variadic } from "./arguments.ts";
import type { Compiler, Operator, OperatorTable, Result } from "./expression.ts";
import { compareResults } from "./logic.ts";
import { asInteger, isNullish, typeName } from "./values.ts";

/** Operators that take an array and look at its elements. */
export const arrayAccessOperators: OperatorTable = {
  $arrayElemAt: binary((items, index) => {
    if (isNullish(items) || isNullish(index)) return null;
    const array = arrayOf(items, (type) => [28689, `$arrayElemAt's first argument must be an array, but is ${type}`]);
    return array.at(
      integerOf(index, (type) => [28690, `$arrayElemAt's second argument must be a numeric value, but is ${type}`], [
        28691,
        "$arrayElemAt's second argument must be representable as a 32-bit integer",
      ]),
    );
  }),
  $first: endOf(0),
  $last: endOf(-1),
  $slice: variadic(slice, 2, 3),
  $size: unary((value) =>
    int32(arrayOf(value, (type) => [17124, `The argument to $size must be an array, but was of type: ${type}`]).length),
  ),
  $in: binary((value, items, _name, compiler) => {
    const array = arrayOf(items, (type) => [40081, `$in requires an array as a second argument, found: ${type}`]);
    return indexIn(array, value, compiler) >= 0;
  }),
  $indexOfArray: variadic(indexOfArray, 2, 4),
  $isArray: unary((value) => isArray(value)),
};

/** A code and a message, from the type that was found. */
type Refusal = (type: string) => readonly [code: number, message: string];

/** @throws MongoError with the refusal's code */
export function arrayOf(value: Result, refusal: Refusal): readonly Value[] {
  if (isArray(value)) return value;
  throw new MongoError(...refusal(typeName(value)));
}

/** @throws MongoError with one of the refusals' codes */
export function integerOf(
  value: Result,
  notNumber: Refusal,
  notInteger: readonly [code: number, message: string],
): number {
  if (!isNumber(value)) throw new MongoError(...notNumber(typeName(value)));
  const integer = asInteger(value);
  if (integer === undefined) throw new MongoError(...notInteger);
  return integer;
}

function endOf(index: number): Operator {
  return unary((items, name) => {
    if (isNullish(items)) return null;
    return arrayOf(items, (type) => [28689, `${name}'s argument must be an array, but is ${type}`]).at(index);
  });
}

function slice(values: readonly Result[]): Result {
  if (values.some(isNullish)) return null;
  const [items, second, third] = values;
  const array = arrayOf(items, (type) => [28724, `First argument to $slice must be an array, but is of type: ${type}`]);
  const first = integerOf(
    second,
    (type) => [28725, `Second argument to $slice must be a numeric value, but is of type: ${type}`],
    [28726, "Second argument to $slice can't be represented as a 32-bit integer"],
  );
  if (values.length === 2) return first >= 0 ? array.slice(0, first) : array.slice(first);
  const count = integerOf(
    third,
    (type) => [28727, `Third argument to $slice must be numeric, but is of type: ${type}`],
    [28728, "Third argument to $slice can't be represented as a 32-bit integer"],
  );
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
  const start = first < 0 ? Math.max(0, array.length + first) : first;
  return array.slice(start, start + count);
}

function indexOfArray(values: readonly Result[], _name: string, compiler: Compiler): Result {
  const [items, value, from, to] = values;
  if (isNullish(items)) return null;
  const array = arrayOf(items, (type) => [
    40090,
    `$indexOfArray requires an array as a first argument, found: ${type}`,
  ]);
  const start = from === undefined && values.length < 3 ? 0 : boundOf(from, "starting", "$indexOfArray");
  const end = to === undefined && values.length < 4 ? array.length : boundOf(to, "ending", "$indexOfArray");
  const found = start > end ? -1 : indexIn(array.slice(start, end), value, compiler);
  return int32(found < 0 ? -1 : found + start);
}

/** The start or end of a search. @throws MongoError 40096, 40097 */
export function boundOf(value: Result, which: "starting" | "ending", name: string): number {
  const integer = value instanceof Int32 ? value.value : asInteger(value);
  if (integer === undefined) {
    throw new MongoError(
      40096,
      `${name} requires an integral ${which} index, found a value of type: ${typeName(value)}`,
    );
  }
  if (integer < 0) throw new MongoError(40097, `${name} requires a nonnegative ${which} index, found: ${integer}`);
  return integer;
}

const indexIn = (items: readonly Value[], value: Result, { options }: Compiler): number =>
  items.findIndex((item) => compareResults(item, value, options.collation?.compare) === 0);

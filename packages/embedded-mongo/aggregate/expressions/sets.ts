import { MongoError } from "../../errors/mongo-error.ts";
import { type CompareStrings, compareValues } from "../../values/compare.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { binary, unary, untilNull, variadic } from "./arguments.ts";
import type { Compiler, OperatorTable, Result } from "./expression.ts";
import { isNullish, isTrue, typeName } from "./values.ts";

/** Arrays as sets: without order, each value once (manual, "Set Expression Operators"). Results come in the order of values. */
export const setOperators: OperatorTable = {
  $setUnion: untilNull((values, name, compiler) => {
    const sets = setsOf(values, 17043, name);
    return sets && distinct(sets.flat(), compiler);
  }),
  $setIntersection: untilNull((values, name, compiler) => {
    const sets = setsOf(values, 17047, name);
    if (!sets) return null;
    const [first = [], ...others] = sets;
    return others.reduce<readonly Value[]>(
      (kept, other) => kept.filter(membership(other, compiler)),
      distinct(first, compiler),
    );
  }),
  $setDifference: binary((left, right, _name, compiler) => {
    if (isNullish(left) || isNullish(right)) return null;
    const from = operandOf(left, 17048, "$setDifference", "First");
    const isIn = membership(operandOf(right, 17049, "$setDifference", "Second"), compiler);
    return unique(
      from.filter((value) => !isIn(value)),
      compiler,
    );
  }),
  $setEquals: variadic((values, _name, compiler) => {
    if (values.length < 2) throw new MongoError(17045, `$setEquals needs at least two arguments had: ${values.length}`);
    const sets = values.map((value) => distinct(setOf(value, 17044, "$setEquals"), compiler));
    const [first = [], ...others] = sets;
    return others.every((other) => compareValues(first, other, compiler.options.collation?.compare) === 0);
  }),
  $setIsSubset: binary((left, right, _name, compiler) => {
    const small = subsetOperand(left, 17046, "First");
    const isIn = membership(subsetOperand(right, 17042, "Second"), compiler);
    return small.every(isIn);
  }),
  $anyElementTrue: unary((value) => elementsOf(value, "$anyElementTrue", 17041).some(isTrue)),
  $allElementsTrue: unary((value) => elementsOf(value, "$allElementsTrue", 17040).every(isTrue)),
};

/** One after the other: null where one is nullish, unless one before it is no array. */
function setsOf(values: readonly Result[], code: number, name: string): readonly (readonly Value[])[] | null {
  const sets: (readonly Value[])[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    sets.push(setOf(value, code, name));
  }
  return sets;
}

function setOf(value: Result, code: number, name: string): readonly Value[] {
  if (isArray(value)) return value;
  throw new MongoError(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
}

function operandOf(value: Result, code: number, name: string, which: string): readonly Value[] {
  if (isArray(value)) return value;
  throw new MongoError(
    code,
    `both operands of ${name} must be arrays. ${which} argument is of type: ${typeName(value)}`,
  );
}

const subsetOperand = (value: Result, code: number, which: string): readonly Value[] =>
  operandOf(value, code, "$setIsSubset", which);

function elementsOf(value: Result, name: string, code: number): readonly Value[] {
  if (isArray(value)) return value;
  throw new MongoError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
}

/** Sorted, each value once. */
function distinct(items: readonly Value[], { options }: Compiler): readonly Value[] {
  const compare = options.collation?.compare;
  const sorted = [...items].sort((left, right) => compareValues(left, right, compare));
  return sorted.filter((item, index) => index === 0 || !isSame(sorted[index - 1], item, compare));
}

const isSame = (left: Value | undefined, right: Value, compare: CompareStrings | undefined): boolean =>
  left !== undefined && compareValues(left, right, compare) === 0;

/** Each value once, in the order they were in. */
function unique(items: readonly Value[], compiler: Compiler): readonly Value[] {
  const compare = compiler.options.collation?.compare;
  const order = [...items.keys()].sort((a, b) => compareValues(items[a] ?? null, items[b] ?? null, compare) || a - b);
  const kept = order.filter(
    (at, index) => index === 0 || !isSame(items[order[index - 1] ?? 0], items[at] ?? null, compare),
  );
  return kept.sort((a, b) => a - b).map((at) => items[at] ?? null);
}

/** Whether a value is in the set, by binary search. */
function membership(items: readonly Value[], compiler: Compiler): (value: Value) => boolean {
  const sorted = distinct(items, compiler);
  const compare = compiler.options.collation?.compare;
  return (value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compareValues(sorted[middle] ?? null, value, compare);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  };
}

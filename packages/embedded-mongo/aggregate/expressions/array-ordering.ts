import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort } from "../../sort/sort-order.ts";
import { compareValues } from "../../values/compare.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { named, namedParts } from "./arguments.ts";
import type { Compiler, Expression, Operator, OperatorTable, Result } from "./expression.ts";
import { asInteger, isNullish, typeName } from "./values.ts";

/** `$sortArray`, and the first, last, least and greatest n elements. */
export const arrayOrderingOperators: OperatorTable = {
  $sortArray: compileSortArray,
  $firstN: some((items, n) => items.slice(0, n)),
  $lastN: some((items, n) => items.slice(-n)),
  $minN: some((items, n, compiler) => ranked(items, compiler, 1).slice(0, n)),
  $maxN: some((items, n, compiler) => ranked(items, compiler, -1).slice(0, n)),
};

function compileSortArray(argument: Value, compiler: Compiler): Expression {
  const parts = namedParts(argument, "$sortArray", ["input", "sortBy"], [], {
    notObject: 2942500,
    unknown: 2942501,
    missing: [2942502, 2942503],
  });
  const input = compiler.compile(parts.get("input") ?? null);
  const compare = orderBy(parts.get("sortBy") ?? null, compiler);
  return (document, variables) => {
    const items = input(document, variables);
    if (isNullish(items)) return null;
    if (!isArray(items)) {
      throw new MongoError(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(items)}`,
      );
    }
    return [...items].sort(compare);
  };
}

function orderBy(sortBy: Value, { options }: Compiler): (left: Value, right: Value) => number {
  const { collation } = options;
  if (sortBy instanceof Document) {
    const order = compileSort(sortBy, collation);
    const documentOf = (value: Value) => (value instanceof Document ? value : emptyDocument);
    return (left, right) => order.compare(documentOf(left), documentOf(right));
  }
  const direction = asInteger(sortBy);
  if (direction !== 1 && direction !== -1) {
    throw new MongoError("BadValue", "The $sort element value must be either 1 or -1");
  }
  return (left, right) => direction * compareValues(left, right, collation?.compare);
}

/** An operator of `{ n, input }`. */
function some(take: (items: readonly Value[], n: number, compiler: Compiler) => readonly Value[]): Operator {
  return named(
    ["n", "input"],
    [],
    ({ n, input }, name, compiler) => {
      const count = countOf(n, name);
      if (!isArray(input)) throw new MongoError(5788200, `Input must be an array, but is ${typeName(input)}`);
      return take(input, count, compiler);
    },
    { notObject: 5787900, unknown: 5787901, missing: [5787906, 5787907] },
  );
}

/** The `n` of `$firstN` and its like. @throws MongoError 5787902, 5787903, 5787908 */
export function countOf(value: Result, name: string): number {
  const count = isNumber(value) ? asInteger(value) : undefined;
  if (count === undefined) {
    throw new MongoError(
      isNumber(value) ? 5787903 : 5787902,
      `Value for 'n' must be of integral type, but found ${typeName(value)} in ${name}`,
    );
  }
  if (count <= 0) throw new MongoError(5787908, `'n' must be greater than 0, found ${count}`);
  return count;
}

/** Sorted; null and undefined do not count. */
function ranked(items: readonly Value[], { options }: Compiler, direction: 1 | -1): readonly Value[] {
  return items
    .filter((item) => !isNullish(item))
    .sort((left, right) => direction * compareValues(left, right, options.collation?.compare));
}

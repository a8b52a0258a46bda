import { MongoError } from "../../errors/mongo-error.ts";
import { add, divide, multiply, subtract } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { DateValue } from "../../values/scalars.ts";
import type { Result } from "../expressions/expression.ts";
import { isNullish, typeName } from "../expressions/values.ts";
import type { Partition, WindowTable } from "./window-function.ts";

/** `$locf` and `$linearFill`: values for documents that have none. */
export const gapFunctions: WindowTable = {
  $locf: (argument, { compiler, bounds }) => {
    if (bounds) throw new MongoError("FailedToParse", "'window' field is not allowed in $locf");
    const input = compiler.compile(argument);
    return ({ documents }) => {
      let last: Result = null;
      return documents.map((document) => {
        const value = input(document, undefined);
        if (!isNullish(value)) last = value;
        return last;
      });
    };
  },
  $linearFill: (argument, { compiler, bounds, order }) => {
    if (bounds) throw new MongoError("FailedToParse", "'window' field is not allowed in $linearFill");
    if (order?.parts.length !== 1) {
      throw new MongoError(
        605001,
        "$linearFill must be specified with a top level sortBy expression with exactly one element",
      );
    }
    const input = compiler.compile(argument);
    return (partition) =>
      interpolate(
        partition,
        partition.documents.map((document) => input(document, undefined)),
      );
  },
};

function interpolate(partition: Partition, values: readonly Result[]): readonly Result[] {
  const filled: Result[] = values.map((value) => (isNullish(value) ? null : value));
  let before = -1;
  for (const [index, value] of values.entries()) {
    checkPlace(partition, index);
    if (isNullish(value)) continue;
    if (!isNumber(value))
      throw new MongoError("TypeMismatch", `Value to be filled must be numeric or nullish, not ${typeName(value)}`);
    const start = values[before];
    if (before >= 0 && isNumber(start)) {
      for (let at = before + 1; at < index; at++) filled[at] = between(partition, before, at, index, start, value);
    }
    before = index;
  }
  return filled;
}

function checkPlace(partition: Partition, index: number): void {
  place(partition, index);
  if (index > 0 && partition.isPeer(index - 1, index)) {
    throw new MongoError(6050106, "There can be no repeated values in the sort field");
  }
}

function between(
  partition: Partition,
  from: number,
  at: number,
  to: number,
  start: NumberValue,
  end: NumberValue,
): NumberValue {
  const [left, here, right] = [place(partition, from), place(partition, at), place(partition, to)];
  const slope = divide(subtract(end, start), subtract(right, left));
  return add(start, multiply(slope, subtract(here, left)));
}

function place(partition: Partition, index: number): NumberValue {
  const value = partition.sortValue(index);
  if (value instanceof DateValue) return value.ms;
  if (isNumber(value)) return value;
  throw new MongoError(
    "TypeMismatch",
    `The sortBy value of $linearFill must be a number or a date, not ${typeName(value)}`,
  );
}

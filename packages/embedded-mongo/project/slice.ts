import { MongoError } from "../errors/mongo-error.ts";
import { isNumber, type NumberValue } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import type { Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { typeOf } from "../values/types.ts";

/** Which elements of an array a projection keeps. */
export type Slice = (items: readonly Value[]) => readonly Value[];

/**
 * `$slice: count` or `$slice: [skip, count]` (manual, "$slice (projection)"); undefined when it is the expression of this name, whose first argument is no
 * number. @throws MongoError 28724
 */
export function parseSlice(operand: Value): Slice | undefined {
  if (isNumber(operand)) {
    const count = cut(operand);
    return (items) => (count < 0 ? items.slice(count) : items.slice(0, count));
  }
  if (!isArray(operand)) {
    throw new MongoError(
      28667,
      `Invalid $slice syntax. The given syntax { $slice: ${typeOf(operand).alias} } did not match the find() syntax because :: $slice only supports numbers and [skip, limit] arrays`,
    );
  }
  const [skip, limit] = operand;
  if (operand.length !== 2 || !isNumber(skip) || !isNumber(limit)) return undefined;
  const [from, count] = [cut(skip), cut(limit)];
  if (count <= 0)
    throw new MongoError(28724, "First argument to $slice must be an array: $slice limit must be positive");
  return (items) => {
    const start = from < 0 ? Math.max(0, items.length + from) : from;
    return items.slice(start, start + count);
  };
}

/** Fractions are cut off, and numbers held within 32 bits. */
const cut = (value: NumberValue): number =>
  Math.max(-2147483648, Math.min(2147483647, Math.trunc(toDouble(value)) || 0));

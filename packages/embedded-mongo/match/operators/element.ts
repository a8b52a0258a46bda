import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble, toInteger } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { formatField } from "../../values/format-value.ts";
import { typeOf } from "../../values/types.ts";
import type { FieldOperator } from "./operator.ts";
import { parseTypes } from "./type-names.ts";

/** `$exists` (manual, "$exists"): null, false and zero mean "not there". */
export const existsOperator: FieldOperator = {
  name: "$exists",
  parse(path, operand) {
    const exists = { kind: "exists", path } as const;
    return isTruthy(operand) ? exists : { kind: "not", child: exists };
  },
};

/** `$type` with a number, an alias, "number", or an array of them (manual, "$type"). */
export const typeOperator: FieldOperator = {
  name: "$type",
  parse(path, operand) {
    const types = parseTypes(path, operand);
    return { kind: "test", path, name: "$type", test: (value) => value !== undefined && types.has(typeOf(value)) };
  },
};

/** `$size` (manual, "$size"). */
export const sizeOperator: FieldOperator = {
  name: "$size",
  parse(path, operand) {
    const fail = (what: string) =>
      new MongoError("BadValue", `Failed to parse $size. Expected ${what}: ${formatField("$size", operand)}`);
    if (!isNumber(operand)) throw fail("a number in");
    const size = toInteger(operand);
    if (size === undefined) throw fail("an integer");
    if (size < 0n) throw fail("a non-negative number in");
    return { kind: "size", path, size: Number(size) };
  },
};

/** What MongoDB takes as true: everything but false, null, undefined and zeros. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (isNumber(value)) return toDouble(value) !== 0;
  return typeOf(value).alias !== "undefined";
}

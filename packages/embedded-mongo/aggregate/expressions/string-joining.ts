import { MongoError } from "../../errors/mongo-error.ts";
import { compareBytes } from "../../values/compare.ts";
import { int32 } from "../../values/scalars.ts";
import { binary, unary, untilNull } from "./arguments.ts";
import type { OperatorTable, Result } from "./expression.ts";
import { textOf } from "./text-of.ts";
import { isNullish, typeName } from "./values.ts";

/** `$concat`, `$split`, lengths, and small and capital letters, which are ASCII's alone (manual, "$toUpper", Behavior). */
export const stringJoiningOperators: OperatorTable = {
  $concat: untilNull((values) => {
    let text = "";
    for (const value of values) {
      if (isNullish(value)) return null;
      if (typeof value !== "string") {
        throw new MongoError(16702, `$concat only supports strings, not ${typeName(value)}`);
      }
      text += value;
    }
    return text;
  }),
  $split: binary((text, separator) => {
    if (isNullish(text) || isNullish(separator)) return null;
    if (typeof text !== "string") {
      throw new MongoError(
        40085,
        `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
      );
    }
    if (typeof separator !== "string") {
      throw new MongoError(
        40086,
        `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
      );
    }
    if (separator === "") throw new MongoError(40087, "$split requires a non-empty separator");
    return text.split(separator);
  }),
  $strLenBytes: unary((value) => int32(Buffer.byteLength(lengthOperand(value, "$strLenBytes", 34473)))),
  $strLenCP: unary((value) => int32(countCodePoints(lengthOperand(value, "$strLenCP", 34471)))),
  $toLower: unary((value) => lower(textOf(value))),
  $toUpper: unary(upper),
  $strcasecmp: binary((left, right) => int32(Math.sign(compareBytes(upper(left), upper(right))))),
};

const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
function upper(value: Result): string {
  return textOf(value).replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lengthOperand(value: Result, name: string, code: number): string {
  if (typeof value === "string") return value;
  throw new MongoError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

/** How many code points a text has. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

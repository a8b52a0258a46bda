import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { fitsLong, toTruncated } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { FieldOperator } from "./operator.ts";

/** `$mod` (manual, "$mod"): fractions are cut off, of the operands and of the field. */
export const modOperator: FieldOperator = {
  name: "$mod",
  parse(path, operand) {
    if (!isArray(operand)) throw malformed("needs to be an array");
    if (operand.length < 2) throw malformed("not enough elements");
    if (operand.length > 2) throw malformed("too many elements");
    const divisor = parseInteger(operand[0], "divisor");
    const remainder = parseInteger(operand[1], "remainder");
    if (divisor === 0n) throw new MongoError("BadValue", "divisor cannot be 0");
    return {
      kind: "test",
      path,
      name: "$mod",
      test(value) {
        if (!isNumber(value)) return false;
        const whole = toTruncated(value);
        return whole !== undefined && fitsLong(whole) && whole % divisor === remainder;
      },
    };
  },
};

const malformed = (what: string) => new MongoError("BadValue", `malformed mod, ${what}`);

function parseInteger(value: Value | undefined, name: string): bigint {
  if (!isNumber(value)) throw malformed(`${name} not a number`);
  const whole = toTruncated(value);
  if (whole === undefined || !fitsLong(whole)) {
    throw malformed(`${name} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`);
  }
  return whole;
}

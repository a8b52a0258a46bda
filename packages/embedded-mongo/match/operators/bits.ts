import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { fitsLong, toInteger } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatField } from "../../values/format-value.ts";
import { BinaryValue } from "../../values/scalars.ts";
import type { FieldOperator } from "./operator.ts";

/** Whether bit number `position` is set; negative numbers go on with ones. */
type BitReader = (position: number) => boolean;

function bitOperator(name: string, meets: (positions: readonly number[], isSet: BitReader) => boolean): FieldOperator {
  return {
    name,
    parse(path, operand) {
      const positions = parsePositions(name, operand);
      const test = (value: Value | undefined) => {
        const isSet = bitsOf(value);
        return isSet !== undefined && meets(positions, isSet);
      };
      return { kind: "test", path, name, test };
    },
  };
}

/** `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet` and `$bitsAnyClear` (manual, "Bitwise Query Operators"). */
export const bitOperators: readonly FieldOperator[] = [
  bitOperator("$bitsAllSet", (positions, isSet) => positions.every(isSet)),
  bitOperator("$bitsAllClear", (positions, isSet) => !positions.some(isSet)),
  bitOperator("$bitsAnySet", (positions, isSet) => positions.some(isSet)),
  bitOperator("$bitsAnyClear", (positions, isSet) => !positions.every(isSet)),
];

/** Only whole numbers of 64 bits and bytes have bits. */
function bitsOf(value: Value | undefined): BitReader | undefined {
  if (value instanceof BinaryValue) {
    return (position) => (((value.bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
  }
  const whole = isNumber(value) ? toInteger(value) : undefined;
  if (whole === undefined || !fitsLong(whole)) return undefined;
  return (position) => ((whole >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

function parsePositions(name: string, operand: Value): readonly number[] {
  if (isArray(operand)) return operand.map((item) => parsePosition(name, item));
  if (operand instanceof BinaryValue) return setBits(operand.bytes.length * 8, bitsOf(operand));
  if (!isNumber(operand)) {
    throw new MongoError(
      "BadValue",
      `${name} takes an Array, a number, or a BinData but received: ${formatField(name, operand)}`,
    );
  }
  const mask = toInteger(operand);
  if (mask === undefined || !fitsLong(mask)) {
    throw new MongoError("FailedToParse", `Expected an integer: ${formatField(name, operand)}`);
  }
  if (mask < 0n)
    throw new MongoError("FailedToParse", `Expected a non-negative number in: ${formatField(name, operand)}`);
  return setBits(64, bitsOf(operand));
}

const setBits = (count: number, isSet: BitReader | undefined): readonly number[] =>
  Array.from({ length: count }, (_, position) => position).filter((position) => isSet?.(position) === true);

function parsePosition(name: string, item: Value): number {
  const position = isNumber(item) ? toInteger(item) : undefined;
  if (position === undefined)
    throw new MongoError("BadValue", `bit positions must be an integer but got: ${formatField(name, item)}`);
  if (position < 0n) throw new MongoError("BadValue", `bit positions must be >= 0 but got: ${formatField(name, item)}`);
  if (position > 2_147_483_647n) {
    throw new MongoError(
      "BadValue",
      `bit positions cannot be represented as a 32-bit signed integer: ${formatField(name, item)}`,
    );
  }
  return Number(position);
}

import { MongoError } from "../../errors/mongo-error.ts";
import { add, multiply } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toIntOrLong } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatField, formatValue } from "../../values/format-value.ts";
import { identicalValues } from "../../values/identical.ts";
import { Int32, int32 } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { type Modifier, modifier, type Place } from "./modifier.ts";

type Combine = (left: NumberValue, right: NumberValue) => NumberValue;

/** `first` is what a missing field becomes. */
const arithmetic = (
  name: string,
  verb: string,
  combine: Combine,
  first: (operand: NumberValue) => NumberValue,
): Modifier =>
  modifier(name, (operand, _context, path) => {
    if (!isNumber(operand)) {
      throw new MongoError("TypeMismatch", `Cannot ${verb} with non-numeric argument: {${formatField(path, operand)}}`);
    }
    return {
      canCreate: true,
      apply(current, place) {
        if (current === undefined) return first(operand);
        if (!isNumber(current)) throw notNumeric(name, current, place);
        const result = combine(current, operand);
        // Integers that give a double have left the 64 bits.
        if (typeof result === "number" && isInteger(current) && isInteger(operand)) {
          throw new MongoError(
            "BadValue",
            `Failed to apply ${name} operations to current value (${formatTyped(current)}) for document {${idOf(place)}}`,
          );
        }
        return identicalValues(result, current) ? current : result;
      },
    };
  });

const isInteger = (value: NumberValue): boolean => value instanceof Int32 || typeof value === "bigint";

const formatTyped = (value: NumberValue): string =>
  `(${typeof value === "bigint" ? "NumberLong" : "NumberInt"})${formatValue(value)}`;

const notNumeric = (name: string, current: Value, place: Place) =>
  new MongoError(
    "TypeMismatch",
    `Cannot apply ${name} to a value of non-numeric type. {${idOf(place)}} has the field '${lastOf(place.path)}' of non-numeric type ${typeOf(current).alias}`,
  );

const lastOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

/** The document's `_id` as messages tell it. */
export function idOf({ document }: Pick<Place, "document">): string {
  const id = document.get("_id");
  return id === undefined ? "no id" : formatField("_id", id);
}

function zeroLike(operand: NumberValue): NumberValue {
  if (operand instanceof Int32) return int32(0);
  if (typeof operand === "bigint") return 0n;
  return operand instanceof Decimal ? new Decimal("finite", false, 0n, 0) : 0;
}

const bit: Modifier = modifier("$bit", (operand, _context, path) => {
  if (!(operand instanceof Document)) {
    throw new MongoError(
      "BadValue",
      `The $bit modifier is not compatible with a ${typeOf(operand).alias}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = [...operand.fields()].map(([name, value]) => parseBitStep(name, value, path));
  if (steps.length === 0) {
    throw new MongoError(
      "BadValue",
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  return {
    canCreate: true,
    apply(current, place) {
      const start = current === undefined ? int32(0) : current;
      if (!(start instanceof Int32 || typeof start === "bigint")) {
        throw new MongoError(
          "BadValue",
          `Cannot apply $bit to a value of non-integral type.{${idOf(place)}} has the field ${lastOf(place.path)} of non-integer type ${typeOf(start).alias}`,
        );
      }
      const result = steps.reduce<Int32 | bigint>((value, step) => step(value), start);
      return identicalValues(result, current) ? current : result;
    },
  };
});

const bitwise: ReadonlyMap<string, (a: bigint, b: bigint) => bigint> = new Map([
  ["and", (a, b) => a & b],
  ["or", (a, b) => a | b],
  ["xor", (a, b) => a ^ b],
]);

function parseBitStep(name: string, operand: Value, path: string): (value: Int32 | bigint) => Int32 | bigint {
  const combine = bitwise.get(name);
  if (!combine) {
    throw new MongoError(
      "BadValue",
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${formatField(name, operand)}}`,
    );
  }
  if (!(operand instanceof Int32 || typeof operand === "bigint")) {
    throw new MongoError(
      "BadValue",
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(operand).alias}' is not supported here: {${formatField(path, operand)}}`,
    );
  }
  const wide = (value: Int32 | bigint) => (typeof value === "bigint" ? value : BigInt(value.value));
  return (value) => {
    const result = combine(wide(value), wide(operand));
    return value instanceof Int32 && operand instanceof Int32 ? toIntOrLong(result) : result;
  };
}

/** `$inc`, `$mul` and `$bit` (manual, "$inc", "$mul", "$bit"). */
export const numberModifiers: readonly Modifier[] = [
  arithmetic("$inc", "increment", add, (operand) => operand),
  arithmetic("$mul", "multiply", multiply, zeroLike),
  bit,
];

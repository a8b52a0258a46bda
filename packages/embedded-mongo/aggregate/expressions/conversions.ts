import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber, type NumberValue, toDecimal } from "../../values/compare-numbers.ts";
import { fitsLong, toArithmeticDecimal, toDouble, toTruncated } from "../../values/convert-numbers.ts";
import { Decimal, parseDecimal } from "../../values/decimal.ts";
import type { Value } from "../../values/document.ts";
import { BinaryValue, DateValue, Int32, int32, ObjectIdValue } from "../../values/scalars.ts";
import { asMoment } from "../dates/date-operand.ts";
import { parseDate } from "../dates/parse-date.ts";
import { type BinaryForm, formatBinary, parseBinary } from "./binary-text.ts";
import { formatIsoDate, textOf } from "./text-of.ts";
import { isTrue } from "./values.ts";

/** Converts a value that is not null; undefined when its type cannot be converted. @throws MongoError ConversionFailure */
type Conversion = (value: Value, form: BinaryForm) => Value | undefined;

/** The conversion to a type (manual, "$convert"); undefined when nothing converts to it. */
export function conversionTo(type: string): Conversion | undefined {
  switch (type) {
    case "bool":
      return (value) => isTrue(value);
    case "int":
      return (value) => toInteger(value, 32);
    case "long":
      return (value) => (value instanceof DateValue ? BigInt(value.ms) : toInteger(value, 64));
    case "double":
      return toDoubleValue;
    case "decimal":
      return toDecimalValue;
    case "date":
      return toDate;
    case "string":
      return toText;
    case "objectId":
      return toObjectId;
    case "binData":
      return toBinary;
    default:
      return undefined;
  }
}

const failure = (message: string): MongoError =>
  new MongoError("ConversionFailure", `${message} in $convert with no onError value`);

function toInteger(value: Value, bits: 32 | 64): Value | undefined {
  if (typeof value === "boolean") return integer(value ? 1n : 0n, bits);
  if (typeof value === "string") return integer(parseInteger(value), bits);
  if (!isNumber(value)) return undefined;
  const whole = toTruncated(value);
  if (whole === undefined) {
    throw failure(
      Number.isNaN(toDouble(value))
        ? "Attempt to convert NaN value to integer type"
        : "Attempt to convert infinity value to integer type",
    );
  }
  return integer(whole, bits);
}

function integer(whole: bigint, bits: 32 | 64): Value {
  if (bits === 32 && BigInt.asIntN(32, whole) === whole) return int32(Number(whole));
  if (bits === 64 && fitsLong(whole)) return whole;
  throw failure(`Conversion would overflow target type: ${whole}`);
}

function parseInteger(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw failure(`Failed to parse number '${text}'`);
  return BigInt(text.startsWith("+") ? text.slice(1) : text);
}

function toDoubleValue(value: Value): Value | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof DateValue) return value.ms;
  if (typeof value === "string") return parseDouble(value);
  if (!isNumber(value)) return undefined;
  const double = toDouble(value);
  if (value instanceof Decimal && value.kind === "finite" && !Number.isFinite(double)) {
    throw failure("Conversion would overflow target type");
  }
  return double;
}

function parseDouble(text: string): number {
  const special = /^([+-]?)(?:inf(?:inity)?|nan)$/i.exec(text);
  if (special) {
    if (/nan/i.test(text)) return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw failure(`Failed to parse number '${text}'`);
  const double = Number(text);
  if (!Number.isFinite(double)) throw failure(`Failed to parse number '${text}': out of range`);
  return double;
}

function toDecimalValue(value: Value): Value | undefined {
  if (typeof value === "boolean") return toDecimal(int32(value ? 1 : 0));
  if (value instanceof DateValue) return toDecimal(BigInt(value.ms));
  if (typeof value === "string") {
    const decimal = /^\s|\s$|^$/.test(value) ? undefined : parseDecimal(value);
    if (!decimal) throw failure(`Failed to parse number '${value}'`);
    return decimal;
  }
  return isNumber(value) ? toArithmeticDecimal(value) : undefined;
}

function toDate(value: Value): Value | undefined {
  if (typeof value === "string") return new DateValue(parseDate(value, undefined, undefined));
  const moment = asMoment(value);
  if (moment !== undefined) return new DateValue(moment);
  // Ints are no dates; the other numbers count milliseconds.
  if (!isNumber(value) || value instanceof Int32) return undefined;
  const ms = dateMilliseconds(value);
  return new DateValue(ms);
}

function dateMilliseconds(value: NumberValue): number {
  const whole = toTruncated(value);
  if (whole === undefined || !fitsLong(whole)) throw failure("Conversion would overflow target type");
  return Number(whole);
}

function toText(value: Value, { format }: BinaryForm): Value | undefined {
  if (typeof value === "boolean") return String(value);
  if (value instanceof ObjectIdValue) return value.id.toString("hex");
  if (value instanceof BinaryValue) return formatBinary(value, format);
  if (value instanceof DateValue) return formatIsoDate(value);
  return typeof value === "string" || isNumber(value) ? textOf(value) : undefined;
}

function toObjectId(value: Value): Value | undefined {
  if (value instanceof ObjectIdValue) return value;
  if (typeof value !== "string") return undefined;
  if (/^[0-9a-f]{24}$/i.test(value)) return new ObjectIdValue(Buffer.from(value, "hex"));
  throw failure(
    value.length === 24
      ? `Failed to parse objectId '${value}': Invalid character found in hex string`
      : `Failed to parse objectId '${value}': Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
  );
}

function toBinary(value: Value, { subtype = 0, format }: BinaryForm): Value | undefined {
  if (value instanceof BinaryValue) return value.subtype === subtype ? value : undefined;
  if (typeof value !== "string") return undefined;
  const bytes = parseBinary(value, format);
  if (!bytes) throw failure(`Input '${value}' is not in the format '${format ?? ""}'`);
  return new BinaryValue(subtype, bytes);
}

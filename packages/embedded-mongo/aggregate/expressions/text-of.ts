import { MongoError } from "../../errors/mongo-error.ts";
import { Decimal, formatDecimal } from "../../values/decimal.ts";
import { CodeValue, DateValue, Int32, SymbolValue, TimestampValue } from "../../values/scalars.ts";
import type { Result } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** A value as text, for operators on strings: nothing is the empty string. @throws MongoError 16007 for types without a text */
export function textOf(value: Result): string {
  if (typeof value === "string") return value;
  if (isNullish(value)) return "";
  if (value instanceof Int32) return String(value.value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return formatDouble(value);
  if (value instanceof Decimal) return formatDecimal(value);
  if (value instanceof DateValue) return formatIsoDate(value);
  if (value instanceof CodeValue) return value.code;
  if (value instanceof SymbolValue) return value.text;
  if (value instanceof TimestampValue) return formatTimestamp(value);
  throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

/** `Feb 29 12:34:56:5`: without the year, the ordinal in hexadecimal. */
function formatTimestamp({ seconds, increment }: TimestampValue): string {
  const [, day = "", month = "", , time = ""] = new Date(seconds * 1000).toUTCString().split(" ");
  return `${month} ${day.replace(/^0/, " ")} ${time}:${increment.toString(16)}`;
}

/** A double as MongoDB writes it: at most 16 digits, and an exponent of two digits or more where it is shorter (C's `%.16g`). */
function formatDouble(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [digits = "", power = "0"] = value.toExponential(15).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) return withoutZeros(value.toFixed(Math.min(100, 15 - exponent)));
  const sign = exponent < 0 ? "-" : "+";
  return `${withoutZeros(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

const withoutZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** `2020-01-31T12:00:00.000Z`. @throws MongoError 18537 for a year that has no four digits */
export function formatIsoDate(date: DateValue): string {
  const moment = new Date(date.ms);
  const year = moment.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) {
    throw new MongoError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${year}`,
    );
  }
  return moment.toISOString();
}

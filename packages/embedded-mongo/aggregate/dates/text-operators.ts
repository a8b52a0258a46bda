import { MongoError } from "../../errors/mongo-error.ts";
import { DateValue } from "../../values/scalars.ts";
import { namedParts } from "../expressions/arguments.ts";
import {
  constantOf,
  type Expression,
  type Operator,
  type OperatorTable,
  type Result,
} from "../expressions/expression.ts";
import { isNullish, typeName } from "../expressions/values.ts";
import { momentFrom } from "./date-operand.ts";
import { checkFormat, formatDate } from "./format-date.ts";
import { parseDate } from "./parse-date.ts";
import { type TimeZone, timeZoneOf, utc } from "./time-zone.ts";

/** `$dateToString` and `$dateFromString`. */
export const dateTextOperators: OperatorTable = {
  $dateToString: optional(
    ["date"],
    ["format", "timezone", "onNull"],
    { notObject: 18629, unknown: 18534, missing: 18628 },
    (parts) => {
      const known = parts.format ? constantOf(parts.format) : undefined;
      if (known) formatOf(known.value);
      return (document, variables) => {
        const value = parts.date?.(document, variables);
        const format = parts.format ? parts.format(document, variables) : undefined;
        const zone = parts.timezone ? parts.timezone(document, variables) : undefined;
        if (isNullish(value)) return parts.onNull ? parts.onNull(document, variables) : null;
        if ((parts.format && isNullish(format)) || (parts.timezone && isNullish(zone))) return null;
        const timezone = timeZoneOf(zone);
        return formatDate(momentFrom(value), parts.format ? formatOf(format) : isoFormat(timezone), timezone);
      };
    },
  ),
  $dateFromString: optional(
    ["dateString"],
    ["format", "timezone", "onError", "onNull"],
    { notObject: 40540, unknown: 40541, missing: 40542 },
    (parts) => (document, variables) => {
      const text = parts.dateString?.(document, variables);
      const format = parts.format?.(document, variables);
      const zone = parts.timezone?.(document, variables);
      if (isNullish(text)) return parts.onNull ? parts.onNull(document, variables) : null;
      if ((parts.format && isNullish(format)) || (parts.timezone && isNullish(zone))) return null;
      try {
        return readDate(text, format, parts.timezone ? timeZoneOf(zone) : undefined);
      } catch (error) {
        if (parts.onError && error instanceof MongoError && error.codeName === "ConversionFailure") {
          return parts.onError(document, variables);
        }
        throw error;
      }
    },
  ),
};

const isoFormat = (zone: TimeZone): string => (zone === utc ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L");

function formatOf(format: Result): string {
  if (isNullish(format)) return "";
  if (typeof format !== "string") {
    throw new MongoError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
  }
  checkFormat(format);
  return format;
}

function readDate(text: Result, format: Result, zone: TimeZone | undefined): DateValue {
  if (typeof text !== "string") {
    throw new MongoError(
      "ConversionFailure",
      `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
    );
  }
  if (format !== undefined && typeof format !== "string") {
    throw new MongoError(40684, `$dateFromString requires that 'format' be a string, found: ${typeName(format)}`);
  }
  return new DateValue(parseDate(text, format, zone));
}

type Parts = Readonly<Record<string, Expression | undefined>>;

/** An operator whose parts are evaluated as `make` wants. */
function optional(
  required: readonly string[],
  others: readonly string[],
  codes: { readonly notObject: number; readonly unknown: number; readonly missing: number },
  make: (parts: Parts) => Expression,
): Operator {
  return (argument, compiler, name) => {
    const parts = namedParts(argument, name, required, others, codes);
    return make(Object.fromEntries([...parts].map(([part, value]) => [part, compiler.compile(value)])));
  };
}

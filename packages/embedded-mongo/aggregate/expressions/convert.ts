import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { bsonTypes } from "../../values/types.ts";
import { namedParts, unary } from "./arguments.ts";
import type { BinaryForm } from "./binary-text.ts";
import { conversionTo } from "./conversions.ts";
import type { Compiler, Expression, Operator, OperatorTable, Result } from "./expression.ts";
import { asInteger, isNullish, typeName } from "./values.ts";

/** `$convert` and its short forms. */
export const convertOperators: OperatorTable = {
  $convert: compileConvert,
  $toBool: shortFor("bool"),
  $toDate: shortFor("date"),
  $toDecimal: shortFor("decimal"),
  $toDouble: shortFor("double"),
  $toInt: shortFor("int"),
  $toLong: shortFor("long"),
  $toObjectId: shortFor("objectId"),
  $toString: shortFor("string", { format: "auto" }),
  $toUUID: unary((value) => (isNullish(value) ? null : convert(value, "binData", { subtype: 4, format: "uuid" }))),
};

function shortFor(type: string, form: BinaryForm = {}): Operator {
  return unary((value) => (isNullish(value) ? null : convert(value, type, form)));
}

/** @throws MongoError ConversionFailure */
function convert(value: Value, target: string, form: BinaryForm): Value {
  const conversion = conversionTo(target);
  const result = conversion?.(value, form);
  if (result === undefined) {
    throw new MongoError(
      "ConversionFailure",
      `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
    );
  }
  return result;
}

function compileConvert(argument: Value, compiler: Compiler, name: string): Expression {
  const parts = namedParts(argument, name, ["input", "to"], ["onError", "onNull", "format", "byteOrder"]);
  const compiled = new Map([...parts].map(([part, value]) => [part, compiler.compile(value)]));
  const onError = compiled.get("onError");
  return (document, variables) => {
    const part = (key: string) => compiled.get(key)?.(document, variables);
    const target = part("to");
    const { type, subtype } = targetOf(target instanceof Document ? target.get("type") : target, target);
    const input = part("input");
    if (isNullish(input)) return compiled.has("onNull") ? part("onNull") : null;
    if (type === undefined) return null;
    const format = part("format");
    try {
      return convert(input, type, { subtype, format: typeof format === "string" ? format : undefined });
    } catch (error) {
      const isConversion = error instanceof MongoError && error.codeName === "ConversionFailure";
      if (onError && isConversion) return onError(document, variables);
      throw error;
    }
  };
}

function targetOf(type: Result, target: Result): { readonly type: string | undefined; readonly subtype?: number } {
  if (isNullish(type)) return { type: undefined };
  const found =
    typeof type === "string"
      ? bsonTypes.find(({ alias }) => alias === type)
      : bsonTypes.find(({ number }) => number === numericType(type));
  if (!found) {
    if (typeof type === "string") throw new MongoError("BadValue", `Unknown type name: ${type}`);
    throw new MongoError("FailedToParse", `In $convert, numeric value for 'to' does not correspond to a BSON type`);
  }
  const subtype = target instanceof Document ? asInteger(target.get("subtype")) : undefined;
  return subtype === undefined ? { type: found.alias } : { type: found.alias, subtype };
}

function numericType(type: Value): number {
  const number = isNumber(type) ? asInteger(type) : undefined;
  if (number === undefined) {
    throw new MongoError("FailedToParse", "$convert's 'to' argument must be a string or number");
  }
  return number;
}

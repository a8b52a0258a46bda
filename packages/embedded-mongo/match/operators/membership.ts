import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { bsonUndefined, RegexValue } from "../../values/scalars.ts";
import type { MatchExpression } from "../expression.ts";
import { compilePattern } from "../regex/compile-pattern.ts";
import type { FieldOperator } from "./operator.ts";

function parseIn(path: string, operand: Value, name: string): MatchExpression {
  if (!isArray(operand)) throw new MongoError("BadValue", `${name} needs an array`);
  for (const value of operand) {
    if (value === bsonUndefined) throw new MongoError("BadValue", "cannot compare to undefined");
    if (value instanceof Document && value.firstName?.startsWith("$") && !isReference(value)) {
      throw new MongoError("BadValue", `cannot nest $ under ${name}`);
    }
  }
  const patterns = operand.filter((value) => value instanceof RegexValue).map((value) => compilePattern(value).pattern);
  return { kind: "in", path, values: operand, patterns };
}

/** A DBRef is a value although its fields begin with `$` (manual, "Database References"). */
export const isReference = (value: Document): boolean =>
  value.firstName === "$ref" || value.firstName === "$id" || value.firstName === "$db";

/** `$in` and `$nin` (manual, "$in", "$nin"). */
export const membershipOperators: readonly FieldOperator[] = [
  { name: "$in", parse: (path, operand) => parseIn(path, operand, "$in") },
  { name: "$nin", parse: (path, operand) => ({ kind: "not", child: parseIn(path, operand, "$nin") }) },
];

import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { arrayKeywords } from "./keywords/arrays.ts";
import { combiningKeywords } from "./keywords/combining.ts";
import { objectKeywords } from "./keywords/objects.ts";
import { otherPropertyKeywords } from "./keywords/other-properties.ts";
import { scalarKeywords } from "./keywords/scalars.ts";
import { typeKeywords } from "./keywords/types.ts";
import { textOperand } from "./operands.ts";
import type { Keyword, Rule, Schema } from "./rule.ts";

const annotation = (name: string): Keyword => ({
  name,
  parse(operand) {
    textOperand(name, operand);
    return undefined;
  },
});

const keywords: ReadonlyMap<string, Keyword> = new Map(
  [
    ...typeKeywords,
    ...scalarKeywords,
    ...arrayKeywords,
    ...objectKeywords,
    ...otherPropertyKeywords,
    ...combiningKeywords,
    annotation("title"),
    annotation("description"),
  ].map((keyword) => [keyword.name, keyword]),
);

// Manual, "$jsonSchema", Omissions.
const omitted: ReadonlySet<string> = new Set(["$ref", "$schema", "default", "definitions", "format", "id"]);

/** Reads a JSON schema of draft 4 in MongoDB's dialect (manual, "$jsonSchema"). @throws MongoError FailedToParse, TypeMismatch, BadValue */
export function parseSchema(operand: Value, keyword = ""): Schema {
  if (!(operand instanceof Document)) {
    const subject = keyword === "" ? "$jsonSchema" : `Nested schema for $jsonSchema keyword '${keyword}'`;
    throw new MongoError("TypeMismatch", `${subject} must be an object`);
  }
  const rules: Rule[] = [];
  for (const [name, value] of operand.fields()) {
    const known = keywords.get(name);
    if (!known) throw unknown(name);
    const rule = known.parse(value, { siblings: operand, parse: parseSchema });
    if (rule) rules.push(rule);
  }
  return {
    test: (value) => rules.every((rule) => rule.test(value)),
    failures: (value) => rules.filter((rule) => !rule.test(value)).map((rule) => rule.explain(value)),
    title: operand.get("title"),
    description: operand.get("description"),
  };
}

function unknown(name: string): MongoError {
  if (omitted.has(name)) {
    return new MongoError("FailedToParse", `$jsonSchema keyword '${name}' is not currently supported`);
  }
  return new MongoError("FailedToParse", `Unknown $jsonSchema keyword: ${name}`);
}

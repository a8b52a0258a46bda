import { MongoError } from "../../../errors/mongo-error.ts";
import { Document, type Value } from "../../../values/document.ts";
import { RegexValue } from "../../../values/scalars.ts";
import type { TextPattern } from "../../expression.ts";
import { compilePattern } from "../../regex/compile-pattern.ts";
import { objectOperand } from "../operands.ts";
import { explanation, type Keyword } from "../rule.ts";

const patternOf = (pattern: string): TextPattern => compilePattern(new RegexValue(pattern, "")).pattern;

const patternProperties: Keyword = {
  name: "patternProperties",
  parse(operand, context) {
    const rules = [...objectOperand("patternProperties", operand).fields()].map(([pattern, schema]) => ({
      pattern,
      matches: patternOf(pattern),
      schema: context.parse(schema, `patternProperties.${pattern}`),
    }));
    const failing = (value: Value) =>
      (value instanceof Document ? [...value.fields()] : []).flatMap(([name, each]) =>
        rules
          .filter(({ matches, schema }) => matches.test(name) && !schema.test(each))
          .map(({ pattern, schema }) =>
            Document.from([
              ["propertyName", name],
              ["regexMatched", pattern],
              ["details", schema.failures(each)],
            ]),
          ),
      );
    return {
      test: (value) => failing(value).length === 0,
      explain: (value) =>
        Document.from([
          ["operatorName", "patternProperties"],
          ["details", failing(value)],
        ]),
    };
  },
};

/** The fields that neither `properties` nor `patternProperties` speaks of. */
function othersOf(siblings: Document): (value: Value) => readonly (readonly [string, Value])[] {
  const named = siblings.get("properties");
  const matched = siblings.get("patternProperties");
  const patterns = matched instanceof Document ? [...matched.fields().keys()].map(patternOf) : [];
  return (value) =>
    (value instanceof Document ? [...value.fields()] : []).filter(
      ([name]) => !(named instanceof Document && named.has(name)) && !patterns.some((pattern) => pattern.test(name)),
    );
}

const additionalProperties: Keyword = {
  name: "additionalProperties",
  parse(operand, context) {
    if (typeof operand !== "boolean" && !(operand instanceof Document)) {
      throw new MongoError("TypeMismatch", "$jsonSchema keyword 'additionalProperties' must be an object or a boolean");
    }
    if (operand === true) return undefined;
    const others = othersOf(context.siblings);
    if (operand === false) {
      return {
        test: (value) => others(value).length === 0,
        explain: (value) =>
          explanation("additionalProperties", operand, [["additionalProperties", others(value).map(([name]) => name)]]),
      };
    }
    const schema = context.parse(operand, "additionalProperties");
    const failing = (value: Value) => others(value).find(([, each]) => !schema.test(each));
    return {
      test: (value) => failing(value) === undefined,
      explain(value) {
        const [name = "", each = null] = failing(value) ?? [];
        return Document.from([
          ["operatorName", "additionalProperties"],
          ["reason", "at least one additional property did not match the subschema"],
          ["failingProperty", name],
          ["details", schema.failures(each)],
        ]);
      },
    };
  },
};

/** `patternProperties` and `additionalProperties` (manual, "$jsonSchema", Available Keywords). */
export const otherPropertyKeywords: readonly Keyword[] = [patternProperties, additionalProperties];

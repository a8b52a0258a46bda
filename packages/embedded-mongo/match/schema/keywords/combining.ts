import { Document, type Value } from "../../../values/document.ts";
import { int32 } from "../../../values/scalars.ts";
import { arrayOperand, objectOperand } from "../operands.ts";
import type { Keyword, Schema, SchemaContext } from "../rule.ts";

const parseAll = (name: string, operand: Value, context: SchemaContext): readonly Schema[] =>
  arrayOperand(name, operand).map((schema) => context.parse(schema, name));

const explainAll = (name: string, schemas: readonly Schema[], value: Value): Document =>
  Document.from([
    ["operatorName", name],
    [
      "schemasNotSatisfied",
      schemas.flatMap((schema, index) => {
        if (schema.test(value)) return [];
        return [
          Document.from([
            ["index", int32(index)],
            ["details", schema.failures(value)],
          ]),
        ];
      }),
    ],
  ]);

const combining = (name: string, isMet: (schemas: readonly Schema[], value: Value) => boolean): Keyword => ({
  name,
  parse(operand, context) {
    const schemas = parseAll(name, operand, context);
    return { test: (value) => isMet(schemas, value), explain: (value) => explainAll(name, schemas, value) };
  },
});

const oneOf: Keyword = {
  name: "oneOf",
  parse(operand, context) {
    const schemas = parseAll("oneOf", operand, context);
    const matching = (value: Value) => [...schemas.keys()].filter((index) => schemas[index]?.test(value));
    return {
      test: (value) => matching(value).length === 1,
      explain(value) {
        const indexes = matching(value);
        if (indexes.length === 0) return explainAll("oneOf", schemas, value);
        return Document.from([
          ["operatorName", "oneOf"],
          ["reason", "more than one subschema matched"],
          ["matchingSchemaIndexes", indexes.map(int32)],
        ]);
      },
    };
  },
};

const not: Keyword = {
  name: "not",
  parse(operand, context) {
    const schema = context.parse(objectOperand("not", operand), "not");
    return {
      test: (value) => !schema.test(value),
      explain: () =>
        Document.from([
          ["operatorName", "not"],
          ["reason", "child expression matched"],
        ]),
    };
  },
};

/** The keywords that join schemas (manual, "$jsonSchema", Available Keywords). */
export const combiningKeywords: readonly Keyword[] = [
  combining("allOf", (schemas, value) => schemas.every((schema) => schema.test(value))),
  combining("anyOf", (schemas, value) => schemas.some((schema) => schema.test(value))),
  oneOf,
  not,
];

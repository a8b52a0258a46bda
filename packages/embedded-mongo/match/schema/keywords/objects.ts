import { Document, type Value } from "../../../values/document.ts";
import { int32 } from "../../../values/scalars.ts";
import { countOperand, namesOperand, objectOperand } from "../operands.ts";
import { documentOf, explanation, type Keyword, type Rule, type Schema } from "../rule.ts";

const required: Keyword = {
  name: "required",
  parse(operand) {
    const names = namesOperand("required", operand);
    const missing = (value: Value) => (value instanceof Document ? names.filter((name) => !value.has(name)) : []);
    return {
      test: (value) => missing(value).length === 0,
      explain: (value) => explanation("required", operand, [["missingProperties", missing(value)]]),
    };
  },
};

const properties: Keyword = {
  name: "properties",
  parse(operand, context) {
    const schemas = [...objectOperand("properties", operand).fields()].map(
      ([name, schema]) => [name, context.parse(schema, `properties.${name}`)] as const,
    );
    const failing = (document: Document) =>
      schemas.flatMap(([name, schema]) => {
        const value = document.get(name);
        return value === undefined || schema.test(value) ? [] : [{ name, schema, value }];
      });
    return {
      test: (value) => !(value instanceof Document) || failing(value).length === 0,
      explain: (value) =>
        Document.from([
          ["operatorName", "properties"],
          ["propertiesNotSatisfied", value instanceof Document ? failing(value).map(explainProperty) : []],
        ]),
    };
  },
};

const explainProperty = ({ name, schema, value }: { name: string; schema: Schema; value: Value }): Document =>
  documentOf([
    ["propertyName", name],
    ["title", schema.title],
    ["description", schema.description],
    ["details", schema.failures(value)],
  ]);

const propertyCount = (name: string, isMet: (count: number, bound: number) => boolean): Keyword => ({
  name,
  parse(operand) {
    const bound = countOperand(name, operand);
    const sizeOf = (value: Value) => (value instanceof Document ? value.size : 0);
    return {
      test: (value) => !(value instanceof Document) || isMet(value.size, bound),
      explain: (value) =>
        explanation(name, operand, [
          ["reason", "specified number of properties was not satisfied"],
          ["numberOfProperties", int32(sizeOf(value))],
        ]),
    };
  },
});

const dependencies: Keyword = {
  name: "dependencies",
  parse(operand, context) {
    const rules = [...objectOperand("dependencies", operand).fields()].map(
      ([name, needs]) =>
        [name, needs instanceof Document ? context.parse(needs, "dependencies") : needsNames(needs)] as const,
    );
    const failing = (value: Value) =>
      value instanceof Document ? rules.filter(([name, rule]) => value.has(name) && !rule.test(value)) : [];
    return {
      test: (value) => failing(value).length === 0,
      explain: (value) =>
        Document.from([
          ["operatorName", "dependencies"],
          ["failingDependencies", failing(value).map(([name, rule]) => explainDependency(name, rule, value))],
        ]),
    };
  },
};

function explainDependency(name: string, rule: Schema | Rule, value: Value): Document {
  const details: readonly (readonly [string, Value])[] =
    "failures" in rule ? [["details", rule.failures(value)]] : [...rule.explain(value).fields()];
  return Document.from([["conditionalProperty", name], ...details]);
}

function needsNames(operand: Value): Rule {
  const names = namesOperand("dependencies", operand);
  const missing = (value: Value) => (value instanceof Document ? names.filter((name) => !value.has(name)) : []);
  return {
    test: (value) => missing(value).length === 0,
    explain: (value) => Document.from([["missingProperties", missing(value)]]),
  };
}

/** The keywords of objects, but for those of other fields than the named ones (manual, "$jsonSchema", Available Keywords). */
export const objectKeywords: readonly Keyword[] = [
  properties,
  required,
  propertyCount("minProperties", (count, bound) => count >= bound),
  propertyCount("maxProperties", (count, bound) => count <= bound),
  dependencies,
];

import { Document, type Value } from "../values/document.ts";
import { splitPath, visitPath } from "../values/path.ts";
import { int32 } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";
import type { MatchExpression } from "./expression.ts";
import { compileMatcher } from "./matcher.ts";
import type { QueryOptions } from "./query-options.ts";
import { parseSchema } from "./schema/parse-schema.ts";
import { documentOf } from "./schema/rule.ts";

/**
 * Why a document does not match a filter: the `details` of an error DocumentValidationFailure (manual, "Schema Validation", Understand Validation Errors).
 */
export function explainFailure(expression: MatchExpression, document: Document, options: QueryOptions): Document {
  switch (expression.kind) {
    case "and":
    case "or":
    case "nor":
      return explainClauses(expression, document, options);
    case "whole":
      return expression.name === "$jsonSchema"
        ? explainSchema(expression.argument, document)
        : documentOf([
            ["operatorName", expression.name],
            ["specifiedAs", Document.from([[expression.name, expression.argument]])],
            ["reason", "expression did not match"],
          ]);
    case "not":
      return Document.from([
        ["operatorName", "$not"],
        ["details", explainContrary(expression.child, document)],
      ]);
    default:
      return explainPredicate(expression, document, reasons.get(expression.kind) ?? "the document does not match");
  }
}

function explainSchema(schema: Value, document: Document): Document {
  const parsed = parseSchema(schema);
  return documentOf([
    ["operatorName", "$jsonSchema"],
    ["title", parsed.title],
    ["description", parsed.description],
    ["schemaRulesNotSatisfied", parsed.failures(document)],
  ]);
}

function explainClauses(
  { kind, children }: Extract<MatchExpression, { kind: "and" | "or" | "nor" }>,
  document: Document,
  options: QueryOptions,
): Document {
  const clauses = children.flatMap((child, index) => {
    const isMatch = compileMatcher(child, options).matches(document);
    if (isMatch !== (kind === "nor")) return [];
    const details = kind === "nor" ? explainContrary(child, document) : explainFailure(child, document, options);
    return [
      Document.from([
        ["index", int32(index)],
        ["details", details],
      ]),
    ];
  });
  return Document.from([
    ["operatorName", `$${kind}`],
    ["clausesNotSatisfied", clauses],
  ]);
}

const explainContrary = (child: MatchExpression, document: Document): Document =>
  explainPredicate(child, document, "child expression matched");

const reasons: ReadonlyMap<MatchExpression["kind"], string> = new Map([
  ["compare", "comparison failed"],
  ["in", "no matching value found in array"],
  ["regex", "regular expression did not match"],
  ["exists", "path does not exist"],
  ["size", "array length was not equal to given size"],
  ["elemMatch", "array did not satisfy the child predicate"],
  ["geo", "none of considered geometries was contained within the expression's geometry"],
]);

function explainPredicate(expression: MatchExpression, document: Document, reason: string): Document {
  const path = "path" in expression ? expression.path : undefined;
  const considered = path === undefined ? undefined : firstAt(document, path);
  const isMissing = path !== undefined && considered === undefined && expression.kind !== "exists";
  const name = nameOf(expression);
  const isType = expression.kind === "test" && expression.name === "$type";
  return documentOf([
    ["operatorName", name],
    [
      "specifiedAs",
      path === undefined ? undefined : Document.from([[path, Document.from([[name, operandOf(expression)]])]]),
    ],
    ["reason", isMissing ? "field was missing" : isType ? "type did not match" : reason],
    ["consideredValue", considered],
    ["consideredType", isType && considered !== undefined ? typeOf(considered).alias : undefined],
  ]);
}

function firstAt(document: Document, path: string): Value | undefined {
  let first: Value | undefined;
  visitPath(document, splitPath(path), "whole", (value) => {
    first = value;
    return value !== undefined;
  });
  return first;
}

function nameOf(expression: MatchExpression): string {
  if ("operator" in expression) return expression.operator;
  return "name" in expression ? expression.name : `$${expression.kind}`;
}

function operandOf(expression: MatchExpression): Value {
  switch (expression.kind) {
    case "compare":
    case "regex":
      return expression.value;
    case "in":
      return expression.values;
    case "size":
      return int32(expression.size);
    case "geo":
      return expression.argument;
    default:
      return true;
  }
}

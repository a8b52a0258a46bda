import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { createCompiler } from "../expressions/compile-expression.ts";
import type { Expression, Result } from "../expressions/expression.ts";
import { compilerOf } from "./compiler.ts";
import { eachDocument } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

const markers: ReadonlyMap<string, string> = new Map(
  ["DESCEND", "PRUNE", "KEEP"].map((name) => [name, name.toLowerCase()]),
);

/** `$redact`: an expression says of each level of a document whether it stays, goes, or is looked into. */
export const compileRedact: StageCompiler = (argument, context) => {
  const compiler = createCompiler({
    ...compilerOf(context).options,
    markers,
    variables: new Set(["CURRENT"]),
  });
  const expression = compiler.compile(argument);
  return eachDocument((document) => redact(document, document, expression));
};

function redact(level: Document, root: Document, expression: Expression): Document | undefined {
  const verdict = expression(root, { name: "CURRENT", value: level, outer: undefined });
  switch (verdict) {
    case "keep":
      return level;
    case "prune":
      return undefined;
    case "descend":
      return descend(level, root, expression);
    default:
      throw new MongoError(
        17053,
        "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
      );
  }
}

function descend(level: Document, root: Document, expression: Expression): Document {
  const kept = new Map<string, Value>();
  for (const [name, value] of level.fields()) {
    const result = redactValue(value, root, expression);
    if (result !== undefined) kept.set(name, result);
  }
  return Document.of(kept);
}

function redactValue(value: Value, root: Document, expression: Expression): Result {
  if (value instanceof Document) return redact(value, root, expression);
  if (!isArray(value)) return value;
  return value.flatMap((item) => {
    const result = redactValue(item, root, expression);
    return result === undefined ? [] : [result];
  });
}

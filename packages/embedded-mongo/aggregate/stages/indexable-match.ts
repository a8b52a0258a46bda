import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { RegexValue } from "../../values/scalars.ts";
import { type Compiler, constantOf } from "../expressions/expression.ts";
import { isNullish } from "../expressions/values.ts";

/**
 * A `$match` with what its `$expr` implies said as a filter, too, so that an index is found for it: an equality of a path and a constant, alone or
 * within `$and`. The stage itself for others.
 */
export function withImpliedFilter(stage: Document, compiler: Compiler): Document {
  const filter = stage.get("$match");
  const expression = filter instanceof Document ? filter.get("$expr") : undefined;
  if (!(filter instanceof Document) || !(expression instanceof Document)) return stage;
  const implied = equalities(expression, compiler);
  if (implied.length === 0) return stage;
  return Document.from([["$match", Document.from([["$and", [...implied, filter]]])]]);
}

function equalities(expression: Document, compiler: Compiler): readonly Document[] {
  const name = expression.firstName;
  const operands = expression.get(name ?? "");
  if (!isArray(operands)) return [];
  if (name === "$and") return operands.flatMap((each) => (each instanceof Document ? equalities(each, compiler) : []));
  const [left = null, right = null] = operands;
  if (name !== "$eq" || operands.length !== 2) return [];
  const found = pathAndValue(left, right, compiler) ?? pathAndValue(right, left, compiler);
  return found ? [Document.from([[found.path, Document.from([["$eq", found.value]])]])] : [];
}

function pathAndValue(
  side: Value,
  other: Value,
  compiler: Compiler,
): { readonly path: string; readonly value: Value } | undefined {
  if (typeof side !== "string" || !/^\$[^$]/.test(side)) return undefined;
  const value = constantOf(compiler.compile(other))?.value;
  // A filter finds elements of arrays, and missing fields by null: for these it does not follow from the expression.
  if (isNullish(value) || isArray(value) || value instanceof RegexValue) return undefined;
  return { path: side.slice(1), value };
}

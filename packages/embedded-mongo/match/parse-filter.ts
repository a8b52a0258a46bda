import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import type { MatchExpression } from "./expression.ts";
import { fieldOperators, rootOperators } from "./operators/all-operators.ts";
import { parseEquality } from "./operators/comparison.ts";
import { isReference } from "./operators/membership.ts";
import { all, type ParseContext } from "./operators/operator.ts";
import type { QueryOptions } from "./query-options.ts";

// Like the depth of documents (manual, "MongoDB Limits and Thresholds"), with room for what operators nest.
const maxDepth = 200;

/** Parses a query filter. @throws MongoError BadValue and others, as MongoDB does for a malformed filter */
export function parseFilter(filter: Document, options: QueryOptions): MatchExpression {
  return contextOf(options).filter(filter);
}

/** Parses what stands in a field's place, `{ $gt: 1, $lt: 5 }`, for a path. @throws MongoError as `parseFilter` */
export function parsePredicates(path: string, operators: Document, options: QueryOptions): MatchExpression {
  return contextOf(options).predicates(path, operators);
}

function contextOf(options: QueryOptions): ParseContext {
  let depth = 0;
  const deeper = <T>(work: () => T): T => {
    if (++depth > maxDepth) throw new MongoError("BadValue", "exceeded depth limit");
    const result = work();
    depth--;
    return result;
  };
  const context: ParseContext = {
    options,
    filter: (inner) => deeper(() => parseFields(inner, context)),
    predicates: (path, operators) => deeper(() => parseOperators(path, operators, context)),
  };
  return context;
}

function parseFields(filter: Document, context: ParseContext): MatchExpression {
  const parts: MatchExpression[] = [];
  for (const [name, value] of filter.fields()) {
    const part = name.startsWith("$") ? parseRoot(name, value, context) : parseField(name, value, context);
    if (part) parts.push(part);
  }
  return all(parts);
}

function parseRoot(name: string, operand: Value, context: ParseContext): MatchExpression | undefined {
  const operator = rootOperators.get(name);
  if (operator) return operator.parse(operand, context);
  // The fields of a DBRef, asked for within the reference: { $elemMatch: { $ref: "a", $id: 1 } }.
  if (name === "$ref" || name === "$id" || name === "$db") return parseEquality(name, operand);
  throw new MongoError(
    "BadValue",
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function parseField(path: string, value: Value, context: ParseContext): MatchExpression {
  if (!(value instanceof Document) || !value.firstName?.startsWith("$") || isReference(value)) {
    return parseEquality(path, value);
  }
  return context.predicates(path, value);
}

function parseOperators(path: string, operators: Document, context: ParseContext): MatchExpression {
  const parts: MatchExpression[] = [];
  for (const [name, operand] of operators.fields()) {
    const operator = fieldOperators.get(name);
    if (!operator) throw new MongoError("BadValue", `unknown operator: ${name}`);
    const part = operator.parse(path, operand, context, operators);
    if (part) parts.push(part);
  }
  return all(parts);
}

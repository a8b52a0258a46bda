import type { Document, Value } from "../../values/document.ts";
import type { MatchExpression } from "../expression.ts";
import type { QueryOptions } from "../query-options.ts";

/** What an operator may ask of the parser. */
export interface ParseContext {
  readonly options: QueryOptions;
  /** Parses a filter within this one. */
  filter(filter: Document): MatchExpression;
  /** Parses `{ $gt: 1, $lt: 5 }` of a field. */
  predicates(path: string, operators: Document): MatchExpression;
}

/** An operator of a field: `{ path: { name: operand } }`. */
export interface FieldOperator {
  readonly name: string;
  /** Undefined where it adds nothing. `siblings` is the document that the operator stands in. @throws MongoError for a malformed operand */
  parse(path: string, operand: Value, context: ParseContext, siblings: Document): MatchExpression | undefined;
}

/** An operator in a field's place: `{ name: operand }`. */
export interface RootOperator {
  readonly name: string;
  /** Undefined where it adds nothing. @throws MongoError for a malformed operand */
  parse(operand: Value, context: ParseContext): MatchExpression | undefined;
}

/** Joins conditions that must all be met. */
export function all(children: readonly MatchExpression[]): MatchExpression {
  const [only] = children;
  if (only === undefined) return { kind: "always" };
  return children.length === 1 ? only : { kind: "and", children };
}

import type { MatchExpression } from "../../match/expression.ts";
import type { QueryOptions } from "../../match/query-options.ts";
import type { Document, Value } from "../../values/document.ts";

/** Where a modifier is at work, for messages. */
export interface Place {
  /** The whole document before the update. */
  readonly document: Document;
  /** The dotted path with the positions filled in. */
  readonly path: string;
}

/** What a modifier does with the value at its path. */
export interface Leaf {
  readonly kind: "leaf";
  /** Whether it makes the field, and the documents around it, where there is none. */
  readonly canCreate: boolean;
  /** False where it has nothing to do in this document, whatever lies at its path. */
  isActive?(document: Document): boolean;
  /** Whether it does nothing, and is no error, where its path leads through a value without fields. */
  readonly ignoresPath?: boolean;
  /** Whether it works when an upsert inserts, and only then. */
  readonly isOnInsertOnly?: boolean;
  /** Whether it adds behind what an array has: a change event then tells the new elements alone. */
  readonly isAppending?: boolean;
  /** The new value; `current` itself where nothing changes; undefined to remove the field. @throws MongoError */
  apply(current: Value | undefined, place: Place): Value | undefined;
}

/** What a modifier may ask while it is parsed. */
export interface ModifierContext {
  readonly options: QueryOptions;
  /** Whether it is an operator of a field in a filter. */
  isFieldOperator(name: string): boolean;
  /** Parses a filter for `$pull`. */
  filter(filter: Document): MatchExpression;
  predicates(path: string, operators: Document): MatchExpression;
}

/** An update operator: `{ $name: { path: operand } }`. One may become several leaves, as `$rename` does. */
export interface Modifier {
  readonly name: string;
  /** @throws MongoError for a malformed operand */
  parse(path: string, operand: Value, context: ModifierContext): readonly (readonly [path: string, leaf: Leaf])[];
}

/** A modifier of one leaf at its own path. */
export const modifier = (
  name: string,
  parse: (operand: Value, context: ModifierContext, path: string) => Omit<Leaf, "kind">,
): Modifier => ({
  name,
  parse: (path, operand, context) => [[path, { kind: "leaf", ...parse(operand, context, path) }]],
});

import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import type { MatchExpression } from "./expression.ts";
import type { QueryOptions } from "./query-options.ts";

/** A filter as a function. */
export interface Matcher {
  matches(document: Document): boolean;
  /** For a document that matches: the place in the array that the filter matched an element of, which the positional operator `$` stands for. */
  position(document: Document): number | undefined;
}

/** Compiles a filter to closures that decode only the fields it names. */
export function compileMatcher(_expression: MatchExpression, _options: QueryOptions): Matcher {
  throw new MongoError("InternalError", "filters are not matched yet");
}

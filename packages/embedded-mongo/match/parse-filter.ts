import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import type { MatchExpression } from "./expression.ts";
import type { QueryOptions } from "./query-options.ts";

/** Parses a query filter. @throws MongoError BadValue and others, as MongoDB does for a malformed filter */
export function parseFilter(_filter: Document, _options: QueryOptions): MatchExpression {
  throw new MongoError("InternalError", "filters are not parsed yet");
}

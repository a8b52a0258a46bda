import { MongoError } from "../errors/mongo-error.ts";
import type { MatchExpression } from "../match/expression.ts";
import type { Matcher } from "../match/matcher.ts";
import type { QueryOptions } from "../match/query-options.ts";
import type { Document, Value } from "../values/document.ts";

/** What became of a document. */
export interface UpdateResult {
  readonly after: Document;
  /** `updateDescription` of a change event: updatedFields, removedFields, truncatedArrays; undefined for a replacement. */
  readonly description: Document | undefined;
}

/** An update, compiled. */
export interface Update {
  readonly kind: "operators" | "replacement" | "pipeline";
  /** The changed document; undefined when nothing changes. `matcher` is the filter's, for the positional operator. @throws MongoError */
  apply(document: Document, matcher?: Matcher): UpdateResult | undefined;
  /** The document that an upsert inserts: the filter's equalities, then this update; its `_id` is made by `newId` when nothing gives one. @throws MongoError */
  onInsert(filter: MatchExpression, newId: () => Value): Document;
}

export interface UpdateOptions extends QueryOptions {
  readonly arrayFilters?: readonly Document[] | undefined;
  /** Runs the stages of a pipeline update on one document; without it such updates are refused. */
  readonly runPipeline?: ((stages: readonly Document[]) => (document: Document) => Document) | undefined;
  readonly isUpsert?: boolean;
}

/** Compiles an update. @throws MongoError as MongoDB does for a malformed one */
export function compileUpdate(_update: Document | readonly Document[], _options: UpdateOptions): Update {
  throw new MongoError("InternalError", "updates are not compiled yet");
}

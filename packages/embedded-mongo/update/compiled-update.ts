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
  /** The document that an upsert inserts: the filter's equalities, then this update; `newId` makes the `_id` when nothing gives one. @throws MongoError */
  onInsert(filter: MatchExpression, newId: () => Value): Document;
}

/** What an update needs besides its own text. */
export interface UpdateOptions extends QueryOptions {
  readonly arrayFilters?: readonly Document[] | undefined;
  readonly isUpsert?: boolean;
  /** Makes a function of the stages of a pipeline update; without it such updates are refused. */
  readonly runPipeline?: ((stages: readonly Document[]) => (document: Document) => Document) | undefined;
}

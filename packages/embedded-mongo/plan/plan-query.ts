import type { Collation } from "../collation/collation.ts";
import type { MatchExpression } from "../match/expression.ts";
import type { CollectionInfo } from "../storage/store.ts";
import type { Document, Value } from "../values/document.ts";
import type { Plan } from "./plan.ts";

/** What a query wants, as far as it decides how it is answered. */
export interface PlanRequest {
  readonly expression: MatchExpression;
  readonly sort?: Document | undefined;
  /** An index's name, its key, or `{ $natural: 1 | -1 }`. */
  readonly hint?: Value | undefined;
  /** Of the query; the collection's own when it names none. */
  readonly collation?: Collation | undefined;
  /** Whether only the first few are wanted: then an index in the order of the sort is worth more than one that selects. */
  readonly isLimited?: boolean;
}

/**
 * Decides how a query is answered, by rules alone: most equalities first, then the order of the sort, then ranges. Reads nothing.
 * @throws MongoError BadValue for a hint that names no index
 */
export function planQuery(_request: PlanRequest, _info: CollectionInfo): Plan {
  return { access: { kind: "collection", isReverse: false }, isSorted: false };
}

import type { IndexScan } from "./plan.ts";

/** What an index can do for a query. */
export interface Candidate {
  readonly scan: IndexScan;
  readonly isSorted: boolean;
  /** Leading fields that are looked up by value. */
  readonly equalities: number;
  /** The field behind these has bounds, too. */
  readonly hasRange: boolean;
}

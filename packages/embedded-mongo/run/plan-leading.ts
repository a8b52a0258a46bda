import type { QueryOptions } from "../match/query-options.ts";
import type { CollectionInfo } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toTruncated } from "../values/convert-numbers.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { prepareQuery, type Query } from "./prepare-query.ts";

/** The first stages of a pipeline as a query. */
export interface LeadingQuery {
  readonly query: Query;
  readonly skip: number | undefined;
  readonly limit: number | undefined;
  /** Stages that the query does in the pipeline's place. */
  readonly done: number;
}

/** Turns leading `$match` stages, a `$sort` that an index gives, and a `$limit` into a query. @throws MongoError for a malformed one */
export function planLeading(
  leading: readonly Document[],
  hint: Value | undefined,
  info: CollectionInfo,
  options: QueryOptions,
): LeadingQuery {
  const matches = leadingMatches(leading);
  const filter = joined(matches);
  const sort = leading[matches.length]?.get("$sort");
  if (!(sort instanceof Document)) {
    const query = prepareQuery({ filter, hint }, info, options);
    return { query, ...window(leading, matches.length) };
  }
  const after = window(leading, matches.length + 1);
  const sorted = prepareQuery({ filter, sort, hint, isLimited: after.limit !== undefined }, info, options);
  if (!sorted.sort) return { query: sorted, ...after };
  // The stage sorts it: it can spill to disk.
  const query = { ...sorted, sort: undefined };
  return { query, skip: undefined, limit: undefined, done: matches.length };
}

function leadingMatches(leading: readonly Document[]): readonly Document[] {
  const filters: Document[] = [];
  for (const stage of leading) {
    const filter = stage.get("$match");
    if (!(filter instanceof Document)) break;
    filters.push(filter);
  }
  return filters;
}

function joined(filters: readonly Document[]): Document {
  if (filters.length <= 1) return filters[0] ?? emptyDocument;
  return Document.from([["$and", filters]]);
}

/** A `$limit` there. What follows it stays with the pipeline. */
function window(leading: readonly Document[], at: number): Omit<LeadingQuery, "query"> {
  const limit = leading[at]?.get("$limit");
  if (!isNumber(limit)) return { skip: undefined, limit: undefined, done: at };
  return { skip: undefined, limit: Number(toTruncated(limit)), done: at + 1 };
}

import type { Operation } from "../server/operation.ts";
import type { CollectionReader } from "../storage/store.ts";
import { findRecords, indexIds } from "./find-records.ts";
import type { Query } from "./prepare-query.ts";

/** Tells how many records a query finds, some at a time, with pauses. Without a filter, or from an exact scan, no document is read. */
export async function* countRecords(
  collection: CollectionReader,
  query: Query,
  operation: Operation,
): AsyncGenerator<number, void> {
  if (query.expression.kind === "always") {
    yield collection.count();
    return;
  }
  let found = 0;
  let steps = 0;
  for (const step of countable(collection, query)) {
    if (step !== undefined) found++;
    if (step !== undefined && ++steps % 16 !== 0) continue;
    const pause = operation.pause();
    if (!pause) continue;
    yield found;
    found = 0;
    await pause;
  }
  yield found;
}

/** One step for each record; undefined in between. */
function countable(collection: CollectionReader, query: Query): Iterable<unknown> {
  const { access } = query.plan;
  if (access.kind === "index" && access.isExact) return indexIds(collection, access, { keys: 0, documents: 0 });
  return findRecords(collection, query);
}

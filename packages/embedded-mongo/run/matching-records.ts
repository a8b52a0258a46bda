import type { CollectionReader, StoredRecord } from "../storage/store.ts";
import type { Examined } from "./examined.ts";
import { findRecords } from "./find-records.ts";
import type { Query } from "./prepare-query.ts";
import { recordSorter } from "./sort-records.ts";

/** The first records of a query in its order, read at once: for what a writer does, which never waits. `check` may end it. */
export function* matchingRecords(
  reader: CollectionReader,
  query: Query,
  limit: number | undefined,
  check: () => void,
  examined?: Examined,
): Generator<StoredRecord, void> {
  const found = findRecords(reader, query, examined);
  let left = limit ?? Infinity;
  for (const record of query.sort ? sortAll(found, query.sort, limit, check) : found) {
    if (!record) {
      check();
      continue;
    }
    yield record;
    if (--left <= 0) return;
  }
}

function* sortAll(
  found: Iterable<StoredRecord | undefined>,
  sort: NonNullable<Query["sort"]>,
  limit: number | undefined,
  check: () => void,
): Generator<StoredRecord, void> {
  const sorter = recordSorter(sort, { limit, allowDiskUse: true });
  try {
    for (const record of found) {
      if (record) sorter.add(record);
      else check();
    }
    yield* sorter.finish();
  } finally {
    sorter.close();
  }
}

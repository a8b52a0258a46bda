import { isPoint } from "../plan/intervals.ts";
import type { Access, IndexScan } from "../plan/plan.ts";
import type { CollectionReader, IndexEntry, RecordId, StoredRecord } from "../storage/store.ts";
import type { Examined } from "./examined.ts";
import { mergeScans } from "./merge-scans.ts";
import { nearRecords } from "./near-records.ts";
import type { Query } from "./prepare-query.ts";
import { textRecords } from "./text-records.ts";

// So many documents without a match take well under a millisecond, unless the filter is slow.
const breath = 16;

/**
 * The records that match, in the plan's order and each once, read as they are asked for. Undefined in between means that there is nothing yet:
 * whoever shares the thread may pause then. `examined` counts what was looked at.
 */
export function* findRecords(
  reader: CollectionReader,
  { plan, matcher }: Pick<Query, "plan" | "matcher">,
  examined: Examined = { keys: 0, documents: 0 },
): Generator<StoredRecord | undefined, void> {
  let misses = 0;
  for (const record of readRecords(reader, plan.access, examined)) {
    examined.documents++;
    if (matcher.matches(record.document)) yield record;
    else if (++misses % breath === 0) yield undefined;
  }
}

function readRecords(reader: CollectionReader, access: Access, examined: Examined): Iterable<StoredRecord> {
  switch (access.kind) {
    case "nothing":
      return [];
    case "id": {
      examined.keys++;
      const record = reader.findId(access.id);
      return record ? [record] : [];
    }
    case "collection":
      return reader.scan({ isReverse: access.isReverse });
    case "index":
      if (isIdList(access)) return recordsOfIds(reader, access, examined);
      return fetchEach(reader, indexIds(reader, access, examined));
    case "union":
      return fetchEach(reader, unionIds(reader, access.scans, examined));
    case "text":
      return textRecords(reader, access, examined);
    case "near":
      return nearRecords(reader, access, examined);
  }
}

/** Values of `_id` are looked up one by one: a range of one key costs several times as much. */
const isIdList = ({ index, bounds, mergedBehind }: IndexScan): boolean =>
  index.name === "_id_" &&
  index.isUnique &&
  index.collation === undefined &&
  mergedBehind === undefined &&
  bounds.every(({ intervals }) => intervals.every(isPoint));

function* recordsOfIds(
  reader: CollectionReader,
  { bounds, isReverse }: IndexScan,
  examined: Examined,
): Generator<StoredRecord, void> {
  const intervals = bounds[0]?.intervals ?? [];
  for (const { from } of isReverse ? [...intervals].reverse() : intervals) {
    examined.keys++;
    const record = reader.findId(from);
    if (record) yield record;
  }
}

function* fetchEach(reader: CollectionReader, ids: Iterable<RecordId>): Generator<StoredRecord, void> {
  for (const id of ids) {
    const document = reader.get(id);
    if (document) yield { id, document };
  }
}

/** The records of an index scan, each once. */
export function* indexIds(
  reader: CollectionReader,
  scan: IndexScan,
  examined: Examined,
  seen: Set<RecordId> | undefined = scan.index.isMultikey ? new Set() : undefined,
): Generator<RecordId, void> {
  for (const { id } of entriesOf(reader, scan)) {
    examined.keys++;
    if (seen?.has(id)) continue;
    seen?.add(id);
    yield id;
  }
}

function* entriesOf(reader: CollectionReader, scan: IndexScan): Generator<IndexEntry, void> {
  const { index, ranges, isReverse, mergedBehind } = scan;
  if (mergedBehind) return yield* mergeScans(reader, scan, mergedBehind);
  for (const range of isReverse ? [...ranges].reverse() : ranges) {
    yield* reader.scanIndex(index.name, range, { isReverse });
  }
}

function* unionIds(
  reader: CollectionReader,
  scans: readonly IndexScan[],
  examined: Examined,
): Generator<RecordId, void> {
  const seen = new Set<RecordId>();
  for (const scan of scans) yield* indexIds(reader, scan, examined, seen);
}

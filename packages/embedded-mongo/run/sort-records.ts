import { tmpdir } from "node:os";
import { ExternalSort, type KeyOrder } from "../aggregate/spill/external-sort.ts";
import { sizeOf } from "../aggregate/spill/size-of.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Operation } from "../server/operation.ts";
import type { SortKey, SortOrder } from "../sort/sort-order.ts";
import type { StoredRecord } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import type { Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** Memory that a sort may use, in bytes (manual, internalQueryMaxBlockingSortMemoryUsageBytes). */
const sortMemoryBytes = 104_857_600;

/** What a sort may use besides memory. */
export interface SortRules {
  /** Undefined: all are wanted. */
  readonly limit: number | undefined;
  readonly allowDiskUse: boolean;
}

/** Collects records and gives them back in order. Close it in any case. */
export interface RecordSorter {
  /** @throws MongoError QueryExceededMemoryLimitNoDiskUseAllowed */
  add(record: StoredRecord): void;
  /** The records in order; equal ones in the order in which they came. */
  finish(): Iterable<StoredRecord>;
  close(): void;
}

/** With a limit only the first ones are held; without, what exceeds the memory goes to temporary files. */
export const recordSorter = (order: SortOrder, { limit, allowDiskUse }: SortRules): RecordSorter =>
  limit === undefined ? new SpillingSorter(order, allowDiskUse) : new TopSorter(order, limit);

interface RecordKey {
  readonly key: SortKey;
  readonly id: number;
}

class SpillingSorter implements RecordSorter {
  readonly #order: SortOrder;
  readonly #sort: ExternalSort<RecordKey>;

  constructor(order: SortOrder, allowDiskUse: boolean) {
    this.#order = order;
    const rules = { allowDiskUse, temporaryDirectory: tmpdir(), memoryLimitBytes: sortMemoryBytes };
    this.#sort = new ExternalSort(keyOrder(order), rules, "Sort");
  }

  add({ id, document }: StoredRecord): void {
    this.#sort.add({ key: this.#order.key(document), id }, document);
  }

  *finish(): Generator<StoredRecord> {
    for (const { key, document } of this.#sort.entries()) yield { id: key.id, document };
  }

  close(): void {
    this.#sort.close();
  }
}

const keyOrder = (order: SortOrder): KeyOrder<RecordKey> => ({
  compare: (left, right) => order.compareKeys(left.key, right.key),
  save: ({ key, id }) => [id, ...key],
  load: (value: Value) => {
    const [id, ...key] = isArray(value) ? value : [];
    return { id: isNumber(id) ? toDouble(id) : 0, key };
  },
});

interface Held extends RecordKey {
  readonly record: StoredRecord;
}

// A heap is not needed: sorting twice as many as are wanted, now and then, costs as little.
class TopSorter implements RecordSorter {
  readonly #order: SortOrder;
  readonly #limit: number;
  #held: Held[] = [];
  #worst: SortKey | undefined;
  #bytes = 0;

  constructor(order: SortOrder, limit: number) {
    this.#order = order;
    this.#limit = limit;
  }

  add(record: StoredRecord): void {
    const key = this.#order.key(record.document);
    if (this.#worst && this.#order.compareKeys(key, this.#worst) >= 0) return;
    this.#held.push({ key, id: record.id, record });
    this.#bytes += sizeOf(record.document);
    if (this.#held.length >= 2 * this.#limit + 1000 || this.#bytes > sortMemoryBytes) this.#cut();
    if (this.#bytes > sortMemoryBytes) throw memoryExceeded();
  }

  finish(): Iterable<StoredRecord> {
    this.#cut();
    return this.#held.map(({ record }) => record);
  }

  close(): void {
    this.#held = [];
  }

  #cut(): void {
    this.#held.sort((a, b) => this.#order.compareKeys(a.key, b.key));
    if (this.#held.length < this.#limit) return;
    this.#held.length = this.#limit;
    this.#worst = this.#held.at(-1)?.key;
    this.#bytes = this.#held.reduce((sum, { record }) => sum + sizeOf(record.document), 0);
  }
}

const memoryExceeded = (): MongoError =>
  new MongoError(
    "QueryExceededMemoryLimitNoDiskUseAllowed",
    `Executor error during find command :: caused by :: Sort exceeded memory limit of ${sortMemoryBytes} bytes, but did not opt in to external sorting.`,
  );

/** Sorts all that `records` gives, with pauses. */
export async function sortRecords(
  records: Iterable<StoredRecord | undefined>,
  sorter: RecordSorter,
  operation: Operation,
): Promise<Iterable<StoredRecord>> {
  let steps = 0;
  for (const record of records) {
    if (record) sorter.add(record);
    if (!record || ++steps % 16 === 0) await operation.pause();
  }
  return sorter.finish();
}

import { MongoError } from "../errors/mongo-error.ts";
import type { Operation } from "../server/operation.ts";
import type { SortKey, SortOrder } from "../sort/sort-order.ts";
import type { StoredRecord } from "../storage/store.ts";

/** Memory that a sort may use, in bytes (manual, internalQueryMaxBlockingSortMemoryUsageBytes). */
const sortMemoryBytes = 104_857_600;

interface Keyed {
  readonly key: SortKey;
  readonly record: StoredRecord;
}

/** Collects records and gives them back in order; with a limit, it keeps only the first ones. */
export class RecordSorter {
  readonly #order: SortOrder;
  readonly #limit: number;
  #kept: Keyed[] = [];
  #bytes = 0;

  constructor(order: SortOrder, limit: number | undefined) {
    this.#order = order;
    this.#limit = limit ?? Infinity;
  }

  /** @throws MongoError QueryExceededMemoryLimitNoDiskUseAllowed */
  add(record: StoredRecord): void {
    this.#kept.push({ key: this.#order.key(record.document), record });
    this.#bytes += sizeOf(record);
    if (this.#kept.length >= 2 * this.#limit + 1024) this.#cut();
    if (this.#bytes > sortMemoryBytes) this.#overflow();
  }

  /** The records in order; equal ones in the order in which they came. */
  finish(): readonly StoredRecord[] {
    this.#cut();
    return this.#kept.map(({ record }) => record);
  }

  #cut(): void {
    this.#kept.sort((a, b) => this.#order.compareKeys(a.key, b.key));
    if (this.#kept.length <= this.#limit) return;
    for (const { record } of this.#kept.slice(this.#limit)) this.#bytes -= sizeOf(record);
    this.#kept.length = this.#limit;
  }

  #overflow(): void {
    this.#cut();
    if (this.#bytes <= sortMemoryBytes) return;
    throw new MongoError(
      "QueryExceededMemoryLimitNoDiskUseAllowed",
      `Executor error during find command :: caused by :: Sort exceeded memory limit of ${sortMemoryBytes} bytes, but did not opt in to external sorting.`,
    );
  }
}

const sizeOf = ({ document: { raw } }: StoredRecord): number => (raw ? raw.end - raw.start : 0) + 64;

/** Sorts all that `records` gives, with pauses. */
export async function sortRecords(
  records: Iterable<StoredRecord | undefined>,
  sorter: RecordSorter,
  operation: Operation,
): Promise<readonly StoredRecord[]> {
  let steps = 0;
  for (const record of records) {
    if (record) sorter.add(record);
    if (!record || ++steps % 64 === 0) await operation.pause();
  }
  return sorter.finish();
}

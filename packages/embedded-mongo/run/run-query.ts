import type { Batch, BatchSource } from "../cursors/batch-source.ts";
import type { Operation } from "../server/operation.ts";
import type { CollectionReader, StoredRecord } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import type { Examined } from "./examined.ts";
import { findRecords } from "./find-records.ts";
import type { Query } from "./prepare-query.ts";
import { type RecordSorter, recordSorter, sortRecords } from "./sort-records.ts";

/** What a query does with what it finds. */
export interface RunOptions {
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  /** What becomes of each document. */
  readonly shape?: ((record: StoredRecord) => Document) | undefined;
  readonly operation: Operation;
  /** Whether a sort may use temporary files: yes, unless it is said (manual, allowDiskUseByDefault). */
  readonly allowDiskUse?: boolean | undefined;
  readonly examined?: Examined | undefined;
  /** Lets go of the reader. */
  release(): void;
}

/** Runs a query as the source of a cursor: it reads as far as its batches ask, and gives others their turn. */
export function runQuery(reader: CollectionReader, query: Query, options: RunOptions): BatchSource {
  return new QuerySource(reader, query, options);
}

class QuerySource implements BatchSource {
  readonly #options: RunOptions;
  readonly #reader: CollectionReader;
  readonly #query: Query;
  #records: Iterator<StoredRecord | undefined> | undefined;
  #sorter: RecordSorter | undefined;
  #waiting: Document | undefined;
  #toSkip: number;
  #left: number;

  constructor(reader: CollectionReader, query: Query, options: RunOptions) {
    this.#reader = reader;
    this.#query = query;
    this.#options = options;
    this.#toSkip = options.skip ?? 0;
    this.#left = options.limit ?? Infinity;
  }

  async next(maxDocuments: number, maxBytes: number): Promise<Batch> {
    const { operation, shape } = this.#options;
    const documents: Document[] = [];
    let bytes = 0;
    let steps = 0;
    if (maxDocuments <= 0) return { documents, isDone: this.#left <= 0 };
    this.#records ??= await this.#start();
    const records = this.#records;
    while (documents.length < maxDocuments && (this.#left > 0 || this.#waiting)) {
      const document = this.#waiting ?? shaped(this.#step(records), shape);
      this.#waiting = undefined;
      if (document === ended) return { documents, isDone: true };
      if (!document || ++steps % 16 === 0) {
        const pause = operation.pause();
        if (pause) await pause;
        if (!document) continue;
      }
      bytes += sizeOf(document);
      if (bytes > maxBytes && documents.length > 0) {
        this.#waiting = document;
        return { documents, isDone: false };
      }
      documents.push(document);
    }
    return { documents, isDone: this.#left <= 0 && !this.#waiting };
  }

  close(): void {
    this.#records?.return?.();
    this.#sorter?.close();
    this.#options.release();
  }

  async #start(): Promise<Iterator<StoredRecord | undefined>> {
    const { operation, examined, limit, skip, allowDiskUse } = this.#options;
    const found = findRecords(this.#reader, this.#query, examined);
    if (!this.#query.sort) return found;
    this.#sorter = recordSorter(this.#query.sort, {
      limit: limit === undefined ? undefined : limit + (skip ?? 0),
      allowDiskUse: allowDiskUse ?? true,
    });
    return (await sortRecords(found, this.#sorter, operation))[Symbol.iterator]();
  }

  /** The next record; undefined when there is nothing yet, or one was skipped. */
  #step(records: Iterator<StoredRecord | undefined>): StoredRecord | undefined | typeof ended {
    const { done, value } = records.next();
    if (done) return ended;
    if (!value) return undefined;
    if (this.#toSkip > 0) {
      this.#toSkip--;
      return undefined;
    }
    this.#left--;
    return value;
  }
}

const ended = Symbol("ended");

function shaped(
  record: StoredRecord | undefined | typeof ended,
  shape: ((record: StoredRecord) => Document) | undefined,
): Document | undefined | typeof ended {
  if (record === undefined || record === ended) return record;
  return shape ? Document.read(encodeDocument(shape(record))) : record.document;
}

const sizeOf = ({ raw }: Document): number => (raw ? raw.end - raw.start : 0);

import type { Document, Value } from "../values/document.ts";
import type { ChangeLog } from "./change-log.ts";

/** A collection's place: database and name. */
export interface Namespace {
  readonly database: string;
  readonly collection: string;
}

/** One part of an index key: 1, -1, or the kind of a special index. */
export type IndexDirection = 1 | -1 | "text" | "2dsphere" | "2d" | "hashed";

/** An index as `listIndexes` tells it, parsed. */
export interface IndexInfo {
  readonly name: string;
  readonly key: readonly (readonly [path: string, direction: IndexDirection])[];
  readonly isUnique: boolean;
  readonly isSparse: boolean;
  readonly isHidden: boolean;
  readonly partialFilter: Document | undefined;
  readonly expireAfterSeconds: number | undefined;
  readonly collation: Document | undefined;
  /** Whether any document has an array at one of its paths: its bounds may then not be joined. */
  readonly isMultikey: boolean;
  /** Everything that was given to createIndexes, as listIndexes returns it. */
  readonly specification: Document;
}

/** What the catalog knows of a collection or a view. */
export interface CollectionInfo {
  readonly namespace: Namespace;
  readonly uuid: Buffer;
  readonly kind: "collection" | "view" | "timeseries";
  /** As given to `create`: validator, capped, size, max, collation, viewOn, pipeline, changeStreamPreAndPostImages ... */
  readonly options: Document;
  readonly indexes: readonly IndexInfo[];
}

/** The number of a document within its collection, growing in the order of insertion: natural order. */
export type RecordId = number;

export interface StoredRecord {
  readonly id: RecordId;
  readonly document: Document;
}

/**
 * Keys of an index, as bytes of `encodeKeyPart` one behind the other; both ends may be open. An end says something about its first fields
 * only, when it has fewer than the index: every key that begins with an end counts as equal to it. Special indexes have other parts than their
 * fields (special-rows.ts): a wildcard index a path and a value, a text index a word, a geographic one a cell (`cellRanges`).
 */
export interface KeyRange {
  readonly from: Buffer | undefined;
  readonly isFromIncluded: boolean;
  readonly to: Buffer | undefined;
  readonly isToIncluded: boolean;
}

export interface IndexEntry {
  readonly key: Buffer;
  readonly id: RecordId;
}

export interface ScanOptions {
  readonly isReverse?: boolean;
  /** Go on behind this record. */
  readonly after?: RecordId;
}

export interface IndexScanOptions {
  readonly isReverse?: boolean;
  /** Go on behind this entry. */
  readonly after?: IndexEntry;
}

/** A collection as one snapshot or one transaction sees it. Iterables are lazy and may be left at any time. */
export interface CollectionReader {
  readonly info: CollectionInfo;
  /** How many documents there are; exact. */
  count(): number;
  /** The sum of the documents' bytes. */
  byteSize(): number;
  get(id: RecordId): Document | undefined;
  /** The record with this `_id`. */
  findId(id: Value): StoredRecord | undefined;
  scan(options?: ScanOptions): Iterable<StoredRecord>;
  scanIndex(name: string, range: KeyRange, options?: IndexScanOptions): Iterable<IndexEntry>;
  /** Entries and bytes of an index. */
  indexSize(name: string): { readonly entries: number; readonly bytes: number };
  /** Walks through everything and says in words what does not fit together; empty when all is well. */
  validate(): readonly string[];
}

/** The same with changes; a document and its index entries change together. */
export interface CollectionWriter extends CollectionReader {
  /** The document has an `_id`, is not above 16 MB and passes the validator: the caller has looked. @throws MongoError DuplicateKey */
  insert(document: Document): RecordId;
  /** `update` tells a change stream what changed: an updateDescription; without it the event is a replacement. @throws MongoError DuplicateKey */
  replace(id: RecordId, before: Document, after: Document, update?: Document): void;
  remove(id: RecordId, before: Document): void;
}

/** What one consistent state of all databases looks like. */
export interface Reader {
  databases(): readonly string[];
  collections(database: string): readonly CollectionInfo[];
  info(namespace: Namespace): CollectionInfo | undefined;
  /** Undefined where there is no such collection; a view is never opened. */
  open(namespace: Namespace): CollectionReader | undefined;
}

/** A reader whose collections can be written, and the catalog. @throws MongoError as MongoDB's commands do */
export interface Writer extends Reader {
  open(namespace: Namespace): CollectionWriter | undefined;
  /** The collection, made with no options when it is not there yet. */
  openOrCreate(namespace: Namespace): CollectionWriter;
  create(namespace: Namespace, options: Document): CollectionInfo;
  modify(namespace: Namespace, options: Document): void;
  drop(namespace: Namespace): boolean;
  dropDatabase(database: string): readonly string[];
  rename(from: Namespace, to: Namespace, dropTarget: boolean): void;
  /**
   * Builds the indexes over what is there, as they are specified (the caller has filled in defaults), or takes those that were built from these
   * very specifications. Returns their names; those that exist are left.
   */
  createIndexes(namespace: Namespace, specifications: readonly Document[], built?: BuiltIndexes): readonly string[];
  /** Replaces what is known of an index: `hidden`, `expireAfterSeconds`. Its keys stay. */
  modifyIndex(namespace: Namespace, name: string, specification: Document): void;
  dropIndex(namespace: Namespace, name: string): void;
}

/** Indexes that are filled and not in the catalog yet. */
export interface BuiltIndexes {
  /** Lets go of them: what the catalog has not taken is removed. */
  release(): void;
}

/** A reader of the state at the time it was made. It costs the file space until it is closed. */
export interface Snapshot extends Reader {
  close(): void;
}

/** Writes that are kept aside until they commit at once; reads see the snapshot of its begin and its own writes. */
export interface Transaction extends Writer {
  /** @throws MongoError WriteConflict, with the label TransientTransactionError */
  commit(): Promise<void>;
  abort(): void;
}

/** Who writes: for change events and for the end of waiting. */
export interface WriteOrigin {
  readonly sessionId?: Document;
  readonly transactionNumber?: bigint;
  /** Ends the wait for an open transaction. */
  readonly signal?: AbortSignal;
  /** Remembered with what it writes; a document that `work` returns is its reply. */
  readonly statement?: StatementOrigin;
}

/** A retryable write or a transaction: its session's key and its number. */
export interface StatementOrigin {
  readonly sessionKey: string;
  readonly number: bigint;
}

/** The newest one of a session that was committed. Without a reply it was a transaction. */
export interface CommittedStatement {
  readonly number: bigint;
  readonly reply: Document | undefined;
}

/** All data of one server. */
export interface Store {
  /**
   * Builds indexes of a large collection while others read and write, for `createIndexes`; undefined when there is little to build, or nothing. The
   * caller releases it, whatever came of it. @throws what `pause` throws
   */
  buildIndexes(
    namespace: Namespace,
    specifications: readonly Document[],
    pause: () => Promise<void> | undefined,
  ): Promise<BuiltIndexes | undefined>;
  snapshot(): Snapshot;
  /**
   * Runs `work` as the only writer, at once and without waiting for anything else; what it throws undoes what it wrote. Resolves when the writes
   * are committed; `flushed` then tells when they are on disk (`j: true`). Where it meets what an open transaction has changed, it is undone
   * and runs again, from its beginning, when that transaction has ended: so `work` keeps nothing from a run before.
   */
  write<T>(work: (writer: Writer) => T, origin?: WriteOrigin): Promise<T>;
  flushed(): Promise<void>;
  begin(origin?: WriteOrigin): Transaction;
  /** What was committed in a session when the server ran before; nothing for data in memory. */
  committedStatement(sessionKey: string): CommittedStatement | undefined;
  /** Forgets the statements that are older than a time, ms. */
  forgetStatements(beforeMs: number): Promise<void>;
  /** Removes the documents that TTL indexes say are too old by now. Returns how many. */
  removeExpired(): Promise<number>;
  /** What happened, for change streams; undefined when the server is no replica set. */
  readonly changes: ChangeLog | undefined;
  /** Tells others who find the folder taken where this server listens. */
  announce(address: string): void;
  /** A copy of everything as it is now, in an empty folder, while the server runs. */
  copyTo(directory: string): Promise<void>;
  close(): Promise<void>;
}

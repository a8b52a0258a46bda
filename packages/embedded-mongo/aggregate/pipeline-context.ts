import type { Collation } from "../collation/collation.ts";
import type { CollectionInfo, Namespace, Writer } from "../storage/store.ts";

import type { Document } from "../values/document.ts";
import type { DateValue, TimestampValue } from "../values/scalars.ts";
import type { Result } from "./expressions/expression.ts";

/** Documents in batches of up to a few hundred. */
export type Flow = AsyncIterable<readonly Document[]>;

/** What a pipeline needs of the server around it. */
export interface PipelineContext {
  /** The collection it begins with; `collection` is `$cmd.aggregate` for a pipeline on a database. */
  readonly namespace: Namespace;
  /** One moment for the whole operation. */
  readonly now: DateValue;
  readonly clusterTime?: TimestampValue | undefined;
  /** The command's `let`. */
  readonly constants?: ReadonlyMap<string, Result> | undefined;
  /** How strings compare in this operation. */
  readonly collation?: Collation | undefined;
  /** Spill to temporary files what exceeds the memory limit; an error without it. */
  readonly allowDiskUse: boolean;
  /** Where temporary files may lie. */
  readonly temporaryDirectory: string;
  /** Bytes that one stage may hold; 100 MB unless tests say less (manual, "Aggregation Pipeline Limits"). */
  readonly memoryLimitBytes?: number;
  /** @throws MongoError Interrupted, MaxTimeMSExpired */
  check(): void;
  /** Lets others run when this operation has held the thread for long. */
  pause(): Promise<void> | undefined;
  /** Documents of a collection or view after these stages, for `$lookup`, `$unionWith` and `$graphLookup`; `constants` is their `let`. */
  read(namespace: Namespace, stages: readonly Document[], constants?: ReadonlyMap<string, Result>): Flow;
  /** The catalog's entry; undefined where there is no such collection. */
  info(namespace: Namespace): CollectionInfo | undefined;
  /** Numbers for `$collStats` and `$indexStats`. */
  statistics(namespace: Namespace): Document;
  /** Through the session's transaction when there is one. Absent where a pipeline may not write. */
  write?: (<T>(work: (writer: Writer) => T) => Promise<T>) | undefined;
  /** What the collection's validator says of a document. @throws MongoError DocumentValidationFailure */
  validate?: ((info: CollectionInfo, document: Document) => void) | undefined;
}

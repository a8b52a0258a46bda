import type { Document } from "../values/document.ts";

/** Some of a cursor's documents. */
export interface Batch {
  readonly documents: readonly Document[];
  /** Nothing comes after these. A tailable source is never done while its collection is there. */
  readonly isDone: boolean;
}

/** Where a cursor's documents come from: a query, a pipeline, a list, a change stream. */
export interface BatchSource {
  /**
   * The next documents: at most so many, and no more than so many bytes of BSON together (one document is always given). May be empty
   * without being done, when a tailable source has nothing new.
   */
  next(maxDocuments: number, maxBytes: number): Promise<Batch>;
  /** Lets go of snapshots and temporary files. Called once, also after an error. */
  close(): void;
  /** A change stream's token to go on behind what was read, sent with each batch. */
  postBatchResumeToken?(): Document;
}

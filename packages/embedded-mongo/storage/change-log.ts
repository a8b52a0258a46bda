import type { Document } from "../values/document.ts";
import type { TimestampValue } from "../values/scalars.ts";

/** What happened, as a change stream tells it (manual, "Change Events"). */
export interface ChangeEvent {
  /** The `_data` of its resume token: hexadecimal digits that sort as the events do. */
  readonly token: string;
  readonly clusterTime: TimestampValue;
  readonly database: string;
  /** Undefined for dropDatabase. */
  readonly collection: string | undefined;
  /**
   * The event without `_id`: operationType, clusterTime, wallTime, ns, collectionUUID, documentKey, fullDocument of inserts and replacements,
   * updateDescription, `to`, operationDescription, lsid, txnNumber. Those that showExpandedEvents hides are in here, too.
   */
  readonly event: Document;
  /** The document before the change, where the collection keeps pre-images. */
  readonly before: Document | undefined;
}

/** All changes that were committed, in their order, as far back as the log reaches. */
export interface ChangeLog {
  /** The time of the newest change: operationTime. */
  latest(): TimestampValue;
  /** A token behind every event up to now. */
  end(): string;
  /** A token before every event of this time. @throws MongoError ChangeStreamHistoryLost */
  at(time: TimestampValue): string;
  /**
   * Up to `limit` events behind a token. Waits until there is one; none when the signal is aborted first. @throws MongoError
   * ChangeStreamHistoryLost when the log no longer reaches back to the token, BadValue when it is none
   */
  after(token: string, limit: number, signal: AbortSignal): Promise<readonly ChangeEvent[]>;
}

import type { Pipeline } from "../aggregate/pipeline.ts";
import type { Batch, BatchSource } from "../cursors/batch-source.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { ChangeEvent, ChangeLog } from "../storage/change-log.ts";
import type { Store } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { eventDocument, invalidateDocument } from "./event-document.ts";
import { type ResumePoint, readResumeToken, resumeToken, tokenBefore } from "./resume-token.ts";
import { splitEvent, wholeEvent } from "./split-event.ts";
import type { StreamOptions } from "./stream-options.ts";
import { isEnd, isWatched, type Watched } from "./watched.ts";

/** What a stream is made of. */
export interface StreamParts {
  readonly store: Store;
  readonly log: ChangeLog;
  readonly watched: Watched;
  readonly options: StreamOptions;
  /** The stages behind `$changeStream`. */
  readonly pipeline: Pipeline;
  readonly start: ResumePoint;
  /** Whether events that are too large come in fragments. */
  readonly isSplitting: boolean;
  pause(): Promise<void> | undefined;
}

/** Events are read and go through the pipeline so many at a time. */
const readAhead = 128;

// What waits for changes is the getMore: the log itself is only read.
const noWait = AbortSignal.abort();

/** The events of a change stream, from where it starts on. */
export class ChangeSource implements BatchSource {
  readonly #parts: StreamParts;
  /** Everything up to here was read from the log. */
  #read: ResumePoint;
  /** Came out of the pipeline and was not given yet. */
  #pending: Document[] = [];
  #token: Document;
  #isOver = false;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    const { token, fragment } = parts.start;
    // An event of which there is more is read once more.
    this.#read = fragment === undefined ? parts.start : { token: tokenBefore(token), isInvalidate: false };
    this.#token = resumeToken(parts.start);
  }

  async next(maxDocuments: number, maxBytes: number): Promise<Batch> {
    while (this.#pending.length === 0 && !this.#isOver && maxDocuments > 0) if (!(await this.#fill())) break;
    const documents: Document[] = [];
    let bytes = 0;
    for (let next = this.#pending[0]; next && documents.length < maxDocuments; next = this.#pending[0]) {
      bytes += encodeDocument(next).length;
      if (documents.length > 0 && bytes > maxBytes) break;
      documents.push(next);
      this.#pending.shift();
    }
    const isDrained = this.#pending.length === 0;
    this.#token = isDrained ? resumeToken(this.#read) : tokenIn(documents.at(-1), this.#token);
    return { documents, isDone: isDrained && this.#isOver };
  }

  postBatchResumeToken(): Document {
    return this.#token;
  }

  close(): void {
    this.#pending = [];
  }

  /** Whether the log had more. */
  async #fill(): Promise<boolean> {
    const { log, watched, options, store } = this.#parts;
    const changes = await log.after(this.#read.token, readAhead, noWait);
    await this.#parts.pause();
    const events: Document[] = [];
    for (const change of changes) {
      this.#read = { token: change.token, isInvalidate: false };
      if (!isWatched(watched, change, options.showsExpanded)) continue;
      events.push(eventDocument(change, options, store));
      if (isEnd(watched, change)) {
        this.#end(change, events);
        break;
      }
    }
    if (events.length > 0) await this.#transform(events);
    return changes.length > 0;
  }

  #end(change: ChangeEvent, events: Document[]): void {
    events.push(invalidateDocument(change));
    this.#read = { token: change.token, isInvalidate: true };
    this.#isOver = true;
  }

  async #transform(events: readonly Document[]): Promise<void> {
    const tokens = new Set(events.map((event) => dataOf(event)));
    for await (const batch of this.#parts.pipeline.run(single(events))) {
      for (const document of batch) {
        if (!tokens.has(dataOf(document))) throw tokenChanged();
        if (this.#parts.isSplitting) this.#pending.push(...splitEvent(document).filter((each) => !this.#isKnown(each)));
        else this.#pending.push(wholeEvent(document));
      }
    }
  }

  /** A fragment that the client has, as it goes on behind it. */
  #isKnown(document: Document): boolean {
    const { start } = this.#parts;
    if (start.fragment === undefined) return false;
    const { token, fragment } = readResumeToken(document.get("_id") ?? null, "resumeAfter");
    return token === start.token && fragment !== undefined && fragment <= start.fragment;
  }
}

async function* single(documents: readonly Document[]): AsyncGenerator<readonly Document[]> {
  yield documents;
}

function tokenIn(document: Document | undefined, otherwise: Document): Document {
  const id = document?.get("_id");
  return id instanceof Document ? id : otherwise;
}

/** The digits of an event's token; undefined when the pipeline has changed it. */
function dataOf(document: Document): string | undefined {
  const id = document.get("_id");
  const data = id instanceof Document && id.size === 1 ? id.get("_data") : undefined;
  return typeof data === "string" ? data : undefined;
}

const tokenChanged = (): MongoError =>
  new MongoError(
    "ChangeStreamFatalError",
    "Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed.",
    [["errorLabels", ["NonResumableChangeStreamError"]]],
  );

import type { Clock } from "@drydock/core";
import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { TimestampValue } from "../values/scalars.ts";
import { changeKey, readToken, timeOf, tokenOf } from "./change-keys.ts";
import type { ChangeEvent, ChangeLog } from "./change-log.ts";
import type { RecordedChange } from "./change-recorder.ts";
import type { Tables } from "./tables.ts";
import { type Changer, TableView } from "./view.ts";
import { Waiters } from "./waiters.ts";

const first = changeKey(new TimestampValue(0, 0), 0);
const behindAll = Buffer.alloc(13, 0xff);

export interface ChangeLogLimits {
  readonly maxBytes: number;
}

/** In `catalog`: the bytes of the log, and the newest change that was removed. */
const extentKey = Buffer.from("l");

/** The `changes` database: key of change-keys.ts -> the event as BSON, with `database`, `collection` and `before` beside it. */
export class LmdbChangeLog implements ChangeLog {
  readonly #tables: Tables;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** The last time that was given; below, the last that was committed. */
  #given: TimestampValue;
  #committed: TimestampValue;
  /** The bytes in the log, those not yet committed included. */
  #bytes = 0;
  /** Everything up to here was removed. */
  #lost: Buffer = first;
  readonly #waiters: Waiters = new Waiters();

  constructor(tables: Tables, clock: Clock, limits: ChangeLogLimits) {
    this.#tables = tables;
    this.#clock = clock;
    this.#maxBytes = limits.maxBytes;
    const view = new TableView(tables);
    const extent = view.get("catalog", extentKey);
    this.#bytes = extent?.readDoubleLE(0) ?? 0;
    this.#lost = extent?.subarray(8) ?? first;
    this.#given = later(new TimestampValue(Math.floor(clock.now() / 1000), 1), timeOf(this.#lost));
    for (const { key } of view.range("changes", { from: first, to: behindAll, isReverse: true })) {
      this.#given = later(this.#given, timeOf(key));
      break;
    }
    this.#committed = this.#given;
  }

  latest(): TimestampValue {
    return this.#committed;
  }

  end(): string {
    return tokenOf(changeKey(this.#committed, 0xffff_ffff));
  }

  at({ seconds, increment }: TimestampValue): string {
    const before =
      increment > 0 ? new TimestampValue(seconds, increment - 1) : new TimestampValue(seconds - 1, 0xffff_ffff);
    const key = changeKey(before, 0xffff_ffff);
    this.#refuseLost(key);
    return tokenOf(key);
  }

  async after(token: string, limit: number, signal: AbortSignal): Promise<readonly ChangeEvent[]> {
    const from = Buffer.concat([readToken(token), Buffer.from([0])]);
    for (;;) {
      this.#refuseLost(from);
      const events = this.#read(from, limit);
      if (events.length > 0 || signal.aborted) return events;
      await this.#waiters.wait(signal);
    }
  }

  #read(from: Buffer, limit: number): readonly ChangeEvent[] {
    const events: ChangeEvent[] = [];
    if (limit < 1) return events;
    for (const { key, value } of this.#tables.range("changes", { from, to: behindAll, isReverse: false })) {
      events.push(readEvent(key, value));
      if (events.length >= limit) break;
    }
    return events;
  }

  /** Writes what one write changed; everything in a transaction has one time. Returns it. */
  write(changer: Changer, changes: readonly RecordedChange[], isTransaction: boolean): TimestampValue {
    for (const [number, change] of changes.entries()) {
      if (number === 0 || !isTransaction) this.#given = this.#nextTime();
      const value = encodeDocument(eventDocument(this.#given, change));
      changer.put("changes", changeKey(this.#given, isTransaction ? number : 0), value, undefined);
      this.#bytes += value.length;
    }
    if (this.#bytes > this.#maxBytes) this.#cut(changer);
    changer.put("catalog", extentKey, encodeExtent(this.#bytes, this.#lost), changer.get("catalog", extentKey));
    return this.#given;
  }

  /** What was written up to this time is committed: whoever waits reads it. */
  committed(time: TimestampValue): void {
    this.#committed = later(this.#committed, time);
    this.#waiters.wake();
  }

  #nextTime(): TimestampValue {
    const seconds = Math.floor(this.#clock.now() / 1000);
    const { seconds: last, increment } = this.#given;
    return seconds > last ? new TimestampValue(seconds, 1) : new TimestampValue(last, increment + 1);
  }

  /** Removes the oldest tenth. */
  #cut(changer: Changer): void {
    let last: Buffer | undefined;
    for (const { key, value } of changer.range("changes", { from: first, to: behindAll, isReverse: false })) {
      if (this.#bytes <= this.#maxBytes * 0.9) break;
      changer.remove("changes", key, value);
      this.#bytes -= value.length;
      last = key;
    }
    if (last) this.#lost = last;
  }

  #refuseLost(key: Buffer): void {
    if (Buffer.compare(key, this.#lost) >= 0) return;
    const message = "Resume of change stream was not possible, as the resume point may no longer be in the oplog.";
    throw new MongoError("ChangeStreamHistoryLost", message, [["errorLabels", ["NonResumableChangeStreamError"]]]);
  }
}

/** Forgets all changes: the server runs without a log, so that what follows would be missing in it. */
export function forgetChanges(tables: Tables, changer: Changer, clock: Clock): void {
  let isAny = false;
  for (const { key, value } of tables.range("changes", { from: first, to: behindAll, isReverse: false })) {
    changer.remove("changes", key, value);
    isAny = true;
  }
  const now = changeKey(new TimestampValue(Math.floor(clock.now() / 1000), 0xffff_ffff), 0xffff_ffff);
  if (isAny) changer.put("catalog", extentKey, encodeExtent(0, now), changer.get("catalog", extentKey));
}

function encodeExtent(bytes: number, lost: Buffer): Buffer {
  const extent = Buffer.allocUnsafe(8 + lost.length);
  extent.writeDoubleLE(bytes, 0);
  lost.copy(extent, 8);
  return extent;
}

const later = (a: TimestampValue, b: TimestampValue): TimestampValue =>
  a.seconds > b.seconds || (a.seconds === b.seconds && a.increment >= b.increment) ? a : b;

function eventDocument(time: TimestampValue, { database, collection, fields, before }: RecordedChange): Document {
  const [type, ...others] = fields;
  const event = Document.from([...(type ? [type] : []), ["clusterTime", time] as const, ...others]);
  return Document.from([
    ["event", event],
    ["database", database],
    ...(collection === undefined ? [] : [["collection", collection] as const]),
    ...(before ? [["before", before] as const] : []),
  ]);
}

function readEvent(key: Buffer, value: Buffer): ChangeEvent {
  const document = Document.read(value);
  const [event, before] = [document.get("event"), document.get("before")];
  const [database, collection] = [document.get("database"), document.get("collection")];
  return {
    token: tokenOf(key),
    clusterTime: timeOf(key),
    database: typeof database === "string" ? database : "",
    collection: typeof collection === "string" ? collection : undefined,
    event: event instanceof Document ? event : document,
    before: before instanceof Document ? before : undefined,
  };
}

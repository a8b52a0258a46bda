import type { StreamId } from "./stream-id.ts";

/** An entry that was delivered to a consumer and not yet acknowledged. */
export interface PendingEntry {
  readonly id: StreamId;
  consumer: StreamConsumer;
  /** Unix time in milliseconds. */
  deliveredAt: number;
  deliveryCount: number;
}

/** Pending entries by id. Iteration is by id, whatever the order in which they were added. */
class PendingList {
  #entries = new Map<StreamId, PendingEntry>();
  #last = "";
  #isSorted = true;

  get size(): number {
    return this.#entries.size;
  }

  get(id: StreamId): PendingEntry | undefined {
    return this.#entries.get(id);
  }

  add(entry: PendingEntry): void {
    if (!this.#entries.has(entry.id)) {
      if (entry.id < this.#last) this.#isSorted = false;
      else this.#last = entry.id;
    }
    this.#entries.set(entry.id, entry);
  }

  delete(id: StreamId): boolean {
    const wasThere = this.#entries.delete(id);
    if (this.#entries.size === 0) {
      this.#last = "";
      this.#isSorted = true;
    }
    return wasThere;
  }

  [Symbol.iterator](): IterableIterator<PendingEntry> {
    if (!this.#isSorted) {
      const sorted = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#entries = new Map(sorted);
      this.#last = sorted.at(-1)?.[0] ?? "";
      this.#isSorted = true;
    }
    return this.#entries.values();
  }
}

/** A consumer of a group. Its pending entries are also in the group's list. */
export class StreamConsumer {
  readonly name: string;
  /** Unix time in milliseconds of its last attempt; of its last success, -1 for none. */
  seenAt: number;
  activeAt = -1;
  readonly pending = new PendingList();

  constructor(name: string, seenAt: number) {
    this.name = name;
    this.seenAt = seenAt;
  }
}

/** A consumer group. */
export class StreamGroup {
  readonly name: string;
  lastDeliveredId: StreamId;
  /** How many entries it has read of all that were ever added; undefined when that is not known (RDB: -1). */
  entriesRead: number | undefined;
  readonly pending = new PendingList();
  readonly consumers = new Map<string, StreamConsumer>();

  constructor(name: string, lastDeliveredId: StreamId, entriesRead: number | undefined) {
    this.name = name;
    this.lastDeliveredId = lastDeliveredId;
    this.entriesRead = entriesRead;
  }

  /** Adds a pending entry to the group and to its consumer, taking it from the consumer that had it. */
  assign(entry: PendingEntry, consumer: StreamConsumer): void {
    entry.consumer.pending.delete(entry.id);
    entry.consumer = consumer;
    consumer.pending.add(entry);
    this.pending.add(entry);
  }

  /** Takes a pending entry off the group and its consumer; false when there is none with this id. */
  acknowledge(id: StreamId): boolean {
    const entry = this.pending.get(id);
    if (entry === undefined) return false;
    entry.consumer.pending.delete(id);
    return this.pending.delete(id);
  }
}

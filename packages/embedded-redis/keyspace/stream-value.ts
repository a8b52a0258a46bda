import type { StreamGroup } from "./stream-group.ts";
import { largestStreamId, type StreamId, smallestStreamId } from "./stream-id.ts";
import { StreamNode } from "./stream-node.ts";
import { ValueBase } from "./value-base.ts";

/** An entry: fields and values in turn. */
export interface StreamEntry {
  readonly id: StreamId;
  readonly fields: readonly string[];
}

interface Slot {
  readonly id: StreamId;
  /** Undefined once the entry was deleted. */
  fields: readonly string[] | undefined;
  readonly node: StreamNode;
}

/** A stream: entries by id, and its consumer groups. */
export class StreamValue extends ValueBase {
  readonly kind = "stream";
  #slots: Slot[] = [];
  /** Slots before this one are gone. */
  #start = 0;
  #length = 0;
  /** Those that have entries, in their order. */
  readonly #nodes: StreamNode[] = [];
  lastId: StreamId = smallestStreamId;
  maxDeletedId: StreamId = smallestStreamId;
  /** How many entries were ever added. */
  entriesAdded = 0;
  readonly groups = new Map<string, StreamGroup>();

  get length(): number {
    return this.#length;
  }

  /** How many listpacks Redis would keep it in. */
  get nodeCount(): number {
    return this.#nodes.length;
  }

  /** The id of the first entry; 0-0 when there is none. */
  get firstId(): StreamId {
    this.#skipDeleted();
    return this.#slots[this.#start]?.id ?? smallestStreamId;
  }

  /** The id of the last entry that is still there; 0-0 when there is none. */
  get newestId(): StreamId {
    for (const { id } of this.range(smallestStreamId, largestStreamId, true)) return id;
    return smallestStreamId;
  }

  /** Adds an entry whose id must be above all that are there. Does not change `lastId` or `entriesAdded`. */
  append(id: StreamId, fields: readonly string[]): void {
    let node = this.#nodes.at(-1);
    if (!node?.hasRoomFor(fields)) {
      node = new StreamNode(id, fields);
      this.#nodes.push(node);
    }
    node.add(id, fields);
    this.#slots.push({ id, fields, node });
    this.#length++;
  }

  get(id: StreamId): StreamEntry | undefined {
    const slot = this.#slots[this.#search(id)];
    return slot?.id === id && slot.fields !== undefined ? { id, fields: slot.fields } : undefined;
  }

  /** Removes an entry; false when it is not there. */
  delete(id: StreamId): boolean {
    const slot = this.#slots[this.#search(id)];
    if (slot?.id !== id || slot.fields === undefined) return false;
    this.#remove(slot);
    this.#compact();
    return true;
  }

  /** Removes up to `count` entries from the front; returns how many. */
  trimFront(count: number): number {
    let removed = 0;
    for (; removed < count; removed++) {
      this.#skipDeleted();
      const slot = this.#slots[this.#start];
      if (slot === undefined) break;
      this.#remove(slot);
    }
    this.#compact();
    return removed;
  }

  /** Removes whole nodes from the front while `isOld` says so, of up to `limit` entries together; returns how many entries went. */
  trimNodes(isOld: (node: StreamNode) => boolean, limit: number): number {
    let removed = 0;
    for (;;) {
      const [node] = this.#nodes;
      if (node === undefined || removed + node.entries > limit || !isOld(node)) return removed;
      removed += this.trimFront(node.entries);
    }
  }

  /** Entries from `start` to `end`, both included, by id; backwards on request. The stream must not change meanwhile. */
  *range(start: StreamId, end: StreamId, isReverse = false): IterableIterator<StreamEntry> {
    const step = isReverse ? -1 : 1;
    const from = isReverse ? this.#search(`${end}\0`) - 1 : this.#search(start);
    for (let at = from; at >= this.#start; at += step) {
      const slot = this.#slots[at];
      if (slot === undefined || slot.id < start || slot.id > end) return;
      if (slot.fields !== undefined) yield { id: slot.id, fields: slot.fields };
    }
  }

  /** The index of the first slot with an id of at least `id`. */
  #search(id: StreamId): number {
    let low = this.#start;
    let high = this.#slots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#slots[middle]?.id ?? "") < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(slot: Slot): void {
    slot.fields = undefined;
    this.#length--;
    if (--slot.node.entries === 0) this.#nodes.splice(this.#nodes.indexOf(slot.node), 1);
  }

  #skipDeleted(): void {
    while (this.#start < this.#slots.length && this.#slots[this.#start]?.fields === undefined) this.#start++;
  }

  #compact(): void {
    if (this.#slots.length < 2 * this.#length + 64) return;
    this.#slots = this.#slots.filter((slot) => slot.fields !== undefined);
    this.#start = 0;
  }
}

import type { RecordId } from "./store.ts";

/** Gives every record of a collection a number of its own, also to those of transactions that are still open. */
export class RecordIds {
  readonly #next: Map<number, RecordId> = new Map();

  /** `stored` is above every id that was committed. */
  next(collection: number, stored: RecordId): RecordId {
    const id = Math.max(stored, this.#next.get(collection) ?? 0);
    this.#next.set(collection, id + 1);
    return id;
  }
}

import { IndexedDict, type ScanStep } from "./indexed-dict.ts";
import { type Scored, SortedMembers } from "./sorted-members.ts";
import { ValueBase } from "./value-base.ts";

/** The limits of the small encoding: `zset-max-listpack-entries`, `zset-max-listpack-value`. */
export const sortedSetLimits = { listpackEntries: 128, listpackValue: 64 };

/** A sorted set: a dictionary for scores and sorted blocks for order. Scores are never NaN. */
export class SortedSetValue extends ValueBase {
  readonly kind = "sortedSet";
  readonly #scores = new IndexedDict<number>();
  readonly #order = new SortedMembers();
  /** Redis's encoding; it never goes back to the smaller one. */
  encoding: "listpack" | "skiplist" = "listpack";

  get size(): number {
    return this.#scores.size;
  }

  score(member: string): number | undefined {
    return this.#scores.get(member)?.value;
  }

  /** Adds a member or changes its score; returns true when it is new. */
  set(member: string, score: number): boolean {
    const existing = this.#scores.get(member);
    if (existing !== undefined) {
      if (existing.value !== score) {
        this.#order.remove(existing.value, member);
        this.#order.insert(score, member);
        existing.value = score;
      }
      return false;
    }
    this.#scores.set(member, score);
    this.#order.insert(score, member);
    if (this.encoding === "listpack") {
      const { listpackEntries, listpackValue } = sortedSetLimits;
      if (this.size > listpackEntries || member.length > listpackValue) this.encoding = "skiplist";
    }
    return true;
  }

  delete(member: string): boolean {
    const entry = this.#scores.delete(member);
    if (entry === undefined) return false;
    this.#order.remove(entry.value, member);
    return true;
  }

  /** The rank of a member, from 0 on; undefined when it is not in the set. */
  rank(member: string): number | undefined {
    const score = this.score(member);
    return score === undefined ? undefined : this.#order.rankOf(score, member);
  }

  /** Members with scores, in their order. The set must not change meanwhile. */
  [Symbol.iterator](): IterableIterator<Scored> {
    return this.#order[Symbol.iterator]();
  }

  /** See `SortedMembers.rankWhere`. */
  rankWhere(isWithin: (score: number, member: string) => boolean): number {
    return this.#order.rankWhere(isWithin);
  }

  /** The members with ranks in [start, end), in their order. */
  slice(start: number, end: number): Scored[] {
    return this.#order.slice(start, end);
  }

  random(random: () => number): Scored | undefined {
    const entry = this.#scores.random(random);
    return entry && [entry.key, entry.value];
  }

  /** See `IndexedDict.scan`; a "listpack" comes at once and in its order, as from Redis (db.c, scanGenericCommand). */
  scan(cursor: number, count: number): ScanStep<number> {
    if (this.encoding === "listpack")
      return { cursor: 0, entries: Array.from(this, ([key, value]) => ({ key, value })) };
    return this.#scores.scan(cursor, count);
  }
}

import { IndexedDict, type ScanStep } from "./indexed-dict.ts";
import { SkipList } from "./skip-list.ts";
import { ValueBase } from "./value-base.ts";

/** The limits of the small encoding: `zset-max-listpack-entries`, `zset-max-listpack-value`. */
export const sortedSetLimits = { listpackEntries: 128, listpackValue: 64 };

/** A sorted set: a dictionary for scores and a skip list for order. Scores are never NaN. */
export class SortedSetValue extends ValueBase {
  readonly kind = "sortedSet";
  readonly #scores = new IndexedDict<number>();
  /** Members by score, then by bytes. Change it only through `set` and `delete`. */
  readonly list = new SkipList();
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
        this.list.remove(existing.value, member);
        this.list.insert(score, member);
        existing.value = score;
      }
      return false;
    }
    this.#scores.set(member, score);
    this.list.insert(score, member);
    if (this.encoding === "listpack") {
      const { listpackEntries, listpackValue } = sortedSetLimits;
      if (this.size > listpackEntries || member.length > listpackValue) this.encoding = "skiplist";
    }
    return true;
  }

  delete(member: string): boolean {
    const entry = this.#scores.delete(member);
    if (entry === undefined) return false;
    this.list.remove(entry.value, member);
    return true;
  }

  /** The rank of a member, from 0 on; undefined when it is not in the set. */
  rank(member: string): number | undefined {
    const score = this.score(member);
    return score === undefined ? undefined : this.list.rankOf(score, member);
  }

  /** Members with scores, in their order. The set must not change meanwhile. */
  *[Symbol.iterator](): IterableIterator<readonly [member: string, score: number]> {
    for (let node = this.list.first; node !== undefined; node = node.next[0]) yield [node.member, node.score];
  }

  random(random: () => number): readonly [member: string, score: number] | undefined {
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

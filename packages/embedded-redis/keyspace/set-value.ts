import { IndexedDict, type ScanStep } from "./indexed-dict.ts";
import { ValueBase } from "./value-base.ts";

/** How Redis would store a set; it never goes back to a smaller one. */
export type SetEncoding = "intset" | "listpack" | "hashtable";

/** The limits of the small encodings: `set-max-intset-entries`, `set-max-listpack-entries`, `set-max-listpack-value`. */
export const setLimits = { intsetEntries: 512, listpackEntries: 128, listpackValue: 64 };

const canonicalInteger = /^(?:0|-?[1-9]\d{0,18})$/;

/** True for the decimal form of a signed 64-bit integer, written as Redis writes it. */
export function isInteger64(text: string): boolean {
  if (text.length > 20 || !canonicalInteger.test(text)) return false;
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value >= -9223372036854775808n && value <= 9223372036854775807n;
}

/** A set of byte strings. */
export class SetValue extends ValueBase {
  readonly kind = "set";
  readonly #members = new IndexedDict<undefined>();
  encoding: SetEncoding = "intset";

  /** A set of these members. */
  static of(members: Iterable<string>): SetValue {
    const set = new SetValue();
    for (const member of members) set.add(member);
    return set;
  }

  get size(): number {
    return this.#members.size;
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** Returns true when the member is new. */
  add(member: string): boolean {
    if (!this.#members.set(member, undefined)) return false;
    if (this.encoding !== "hashtable") this.#widen(member);
    return true;
  }

  delete(member: string): boolean {
    return this.#members.delete(member) !== undefined;
  }

  /** The members: those of an "intset" by number, else in the order of insertion. */
  members(): string[] {
    const all = [...this.#members.keys()];
    if (this.encoding !== "intset") return all;
    return all
      .map(BigInt)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      .map(String);
  }

  /** The members in the order of insertion. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#members.keys();
  }

  random(random: () => number): string | undefined {
    return this.#members.random(random)?.key;
  }

  /** See `IndexedDict.scan`; the small encodings come at once and in the order of `members`, as from Redis (db.c, scanGenericCommand). */
  scan(cursor: number, count: number): ScanStep<undefined> {
    if (this.encoding !== "hashtable") {
      return { cursor: 0, entries: this.members().map((key) => ({ key, value: undefined })) };
    }
    return this.#members.scan(cursor, count);
  }

  #widen(member: string): void {
    if (this.encoding === "intset") {
      if (isInteger64(member)) {
        if (this.size > setLimits.intsetEntries) this.encoding = "hashtable";
        return;
      }
      this.encoding = [...this].every((each) => each.length <= setLimits.listpackValue) ? "listpack" : "hashtable";
    }
    if (this.size > setLimits.listpackEntries || member.length > setLimits.listpackValue) this.encoding = "hashtable";
  }
}

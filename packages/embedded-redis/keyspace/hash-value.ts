import { type DictEntry, IndexedDict, type ScanStep } from "./indexed-dict.ts";
import { ValueBase } from "./value-base.ts";

/** The limits of the small encoding: `hash-max-listpack-entries`, `hash-max-listpack-value`. */
export const hashLimits = { listpackEntries: 512, listpackValue: 64 };

/** A hash: fields to values, each field with an optional expiry. It expires nothing by itself: `expireFields` does when called. */
export class HashValue extends ValueBase {
  readonly kind = "hash";
  readonly #fields = new IndexedDict<string>();
  #expiring = 0;
  /** Redis's encoding; it never goes back to the smaller one. */
  encoding: "listpack" | "hashtable" = "listpack";

  get size(): number {
    return this.#fields.size;
  }

  /** True when at least one field has an expiry (RDB then needs version 12). */
  get hasExpiries(): boolean {
    return this.#expiring > 0;
  }

  get(field: string): string | undefined {
    return this.#fields.get(field)?.value;
  }

  has(field: string): boolean {
    return this.#fields.has(field);
  }

  /** Sets a field, clearing its expiry; returns true when it is new. */
  set(field: string, value: string): boolean {
    const isNew = this.setKeepingExpiry(field, value);
    if (!isNew && this.#expiring > 0) this.setExpiry(field, 0);
    return isNew;
  }

  /** Sets a field; one that exists keeps its expiry. Returns true when it is new. */
  setKeepingExpiry(field: string, value: string): boolean {
    const isNew = this.#fields.set(field, value);
    if (this.encoding === "listpack") {
      const { listpackEntries, listpackValue } = hashLimits;
      const isLong = field.length > listpackValue || value.length > listpackValue;
      if (isLong || this.#fields.size > listpackEntries) this.encoding = "hashtable";
    }
    return isNew;
  }

  delete(field: string): boolean {
    const entry = this.#fields.delete(field);
    if (entry !== undefined && entry.expiresAt !== 0) this.#expiring--;
    return entry !== undefined;
  }

  /** Unix time in milliseconds at which the field expires; 0 for never or no such field. */
  expiresAt(field: string): number {
    return this.#fields.get(field)?.expiresAt ?? 0;
  }

  /** Sets when a field that exists expires, as Unix time in milliseconds; 0 for never. */
  setExpiry(field: string, expiresAt: number): void {
    const entry = this.#fields.get(field);
    if (entry === undefined) return;
    this.#expiring += (expiresAt === 0 ? 0 : 1) - (entry.expiresAt === 0 ? 0 : 1);
    entry.expiresAt = expiresAt;
  }

  /** The earliest expiry of a field; 0 when no field has one. */
  earliestExpiry(): number {
    if (this.#expiring === 0) return 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const { expiresAt } of this.#fields.entries())
      if (expiresAt !== 0 && expiresAt < earliest) earliest = expiresAt;
    return earliest;
  }

  /** Removes the fields whose time has come and returns their names. */
  expireFields(now: number): readonly string[] {
    if (this.#expiring === 0) return [];
    const due = [...this.#fields.entries()].filter(({ expiresAt }) => expiresAt !== 0 && expiresAt <= now);
    for (const { key } of due) this.delete(key);
    return due.map(({ key }) => key);
  }

  /** All entries (key = field, value, expiresAt) in the order of insertion. */
  entries(): IterableIterator<DictEntry<string>> {
    return this.#fields.entries();
  }

  random(random: () => number): DictEntry<string> | undefined {
    return this.#fields.random(random);
  }

  /** See `IndexedDict.scan`; a "listpack" comes at once and in its order, as from Redis (db.c, scanGenericCommand). */
  scan(cursor: number, count: number): ScanStep<string> {
    if (this.encoding === "listpack") return { cursor: 0, entries: [...this.#fields.entries()] };
    return this.#fields.scan(cursor, count);
  }
}

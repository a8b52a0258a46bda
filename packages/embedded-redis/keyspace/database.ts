import { ExpiryHeap } from "./expiry-heap.ts";
import { FrozenKeys } from "./frozen-keys.ts";
import { type DictEntry, IndexedDict, type ScanStep } from "./indexed-dict.ts";
import type { RedisValue } from "./value.ts";

/** What a database tells the server. */
export interface DatabaseObserver {
  /** Unix time in milliseconds that counts for this command. */
  now(): number;
  /** A command looked for the value: it counts as an access. */
  accessed(value: RedisValue): void;
  /** The key's value changed, came, or went. */
  changed(database: Database, key: string): void;
  /** A key came into being. */
  added(database: Database, key: string): void;
  /** A key was removed because its time had come. */
  expired(database: Database, key: string): void;
}

type KeyEntry = DictEntry<RedisValue>;

/** One of the numbered databases: keys, values and expiries. Keys whose time has come are removed when they are looked for. */
export class Database {
  /** Its number. SWAPDB exchanges contents, not numbers. */
  readonly index: number;
  readonly #observer: DatabaseObserver;
  #keys = new IndexedDict<RedisValue>();
  #expiries = new ExpiryHeap<KeyEntry>();
  /** Hashes by the time at which a field of theirs may expire. */
  #fieldExpiries = new ExpiryHeap<KeyEntry>();
  #expiring = 0;
  hits = 0;
  misses = 0;

  constructor(index: number, observer: DatabaseObserver) {
    this.index = index;
    this.#observer = observer;
  }

  /** How many keys there are, with those whose time has come and that nobody looked for yet. */
  get size(): number {
    return this.#keys.size;
  }

  /** How many of them have an expiry. */
  get expiringSize(): number {
    return this.#expiring;
  }

  /** The value, for a command that reads or changes it: counts as an access. */
  get(key: string): RedisValue | undefined {
    const entry = this.#live(key);
    if (entry === undefined) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    this.#observer.accessed(entry.value);
    return entry.value;
  }

  /** The value, without counting as an access. */
  peek(key: string): RedisValue | undefined {
    return this.#live(key)?.value;
  }

  has(key: string): boolean {
    return this.#live(key) !== undefined;
  }

  /** Stores a value, clearing an expiry; tells that the key changed. */
  set(key: string, value: RedisValue): void {
    this.setKeepingExpiry(key, value);
    this.#setExpiry(this.#keys.get(key), 0);
  }

  /** Stores a value; a key that exists keeps its expiry. Tells that the key changed. */
  setKeepingExpiry(key: string, value: RedisValue): void {
    this.#live(key);
    value.accessedAt = this.#observer.now();
    const isNew = this.#keys.set(key, value);
    this.#observer.changed(this, key);
    if (isNew) this.#observer.added(this, key);
  }

  /** Removes a key; false when there is none. Tells that it changed. */
  delete(key: string): boolean {
    if (this.#live(key) === undefined) return false;
    this.#remove(key);
    this.#observer.changed(this, key);
    return true;
  }

  /** Tells that a value was changed in place. */
  changed(key: string): void {
    this.#observer.changed(this, key);
  }

  /** Unix time in milliseconds at which the key expires; 0 for never or no such key. */
  expiresAt(key: string): number {
    return this.#live(key)?.expiresAt ?? 0;
  }

  /** Sets when a key that exists expires; 0 for never. Does not tell that it changed. */
  setExpiry(key: string, expiresAt: number): void {
    const entry = this.#keys.get(key);
    if (entry !== undefined) this.#keys.beforeTouch?.(entry);
    this.#setExpiry(entry, expiresAt);
  }

  /** Says that a field of the hash under this key expires at this time, so that it is removed then. */
  scheduleFieldExpiry(key: string, expiresAt: number): void {
    const entry = this.#keys.get(key);
    if (entry !== undefined) this.#fieldExpiries.add(expiresAt, entry);
  }

  /** All keys with their values and expiries, in the order of insertion; those whose time has come are among them. */
  entries(): IterableIterator<DictEntry<RedisValue>> {
    return this.#keys.entries();
  }

  /** The keys as they are now: `taken` is told of each one that a command is about to touch. One at a time. */
  freeze(taken: (keys: FrozenKeys, entry: KeyEntry) => void): FrozenKeys {
    return new FrozenKeys(this.index, this.#keys, this.#expiring, taken);
  }

  /** See `IndexedDict.scan`. */
  scan(cursor: number, count: number): ScanStep<RedisValue> {
    return this.#keys.scan(cursor, count);
  }

  random(random: () => number): DictEntry<RedisValue> | undefined {
    return this.#keys.random(random);
  }

  /** Any key that has an expiry; undefined when none was found by chance. */
  randomExpiring(random: () => number): DictEntry<RedisValue> | undefined {
    const entry = this.#expiries.random(random);
    return entry !== undefined && entry.sequence > 0 && entry.expiresAt > 0 ? entry : undefined;
  }

  /** Removes up to `limit` keys whose time has come; returns how many. */
  expireDue(limit: number): number {
    const now = this.#observer.now();
    let removed = 0;
    while (removed < limit) {
      const entry = this.#expiries.takeDue(now);
      if (entry === undefined) break;
      if (this.#keys.get(entry.key) === entry && this.#live(entry.key) === undefined) removed++;
    }
    return removed;
  }

  /** Takes a hash that may have a field whose time has come; undefined when there is none. */
  takeDueHash(): DictEntry<RedisValue> | undefined {
    const now = this.#observer.now();
    for (;;) {
      const entry = this.#fieldExpiries.takeDue(now);
      if (entry === undefined) return undefined;
      if (this.#keys.get(entry.key) !== entry) continue;
      this.#keys.beforeTouch?.(entry);
      return entry;
    }
  }

  /** When the next key or field is due, as Unix time in milliseconds; undefined for never. */
  nextDue(): number | undefined {
    const [key, field] = [this.#expiries.earliest, this.#fieldExpiries.earliest];
    return key === undefined ? field : field === undefined ? key : Math.min(key, field);
  }

  /** Removes everything, telling nothing. */
  clear(): void {
    this.#keys = new IndexedDict();
    this.#expiries = new ExpiryHeap();
    this.#fieldExpiries = new ExpiryHeap();
    this.#expiring = 0;
  }

  /** Exchanges all keys with another database, telling nothing. */
  swapWith(other: Database): void {
    [this.#keys, other.#keys] = [other.#keys, this.#keys];
    [this.#expiries, other.#expiries] = [other.#expiries, this.#expiries];
    [this.#fieldExpiries, other.#fieldExpiries] = [other.#fieldExpiries, this.#fieldExpiries];
    [this.#expiring, other.#expiring] = [other.#expiring, this.#expiring];
  }

  #live(key: string): KeyEntry | undefined {
    const entry = this.#keys.get(key);
    if (entry !== undefined) this.#keys.beforeTouch?.(entry);
    if (entry === undefined || entry.expiresAt === 0 || entry.expiresAt > this.#observer.now()) return entry;
    this.#remove(key);
    this.#observer.expired(this, key);
    return undefined;
  }

  #remove(key: string): void {
    const entry = this.#keys.delete(key);
    if (entry !== undefined && entry.expiresAt !== 0) this.#expiring--;
  }

  #setExpiry(entry: KeyEntry | undefined, expiresAt: number): void {
    if (entry === undefined || entry.expiresAt === expiresAt) return;
    this.#expiring += (expiresAt === 0 ? 0 : 1) - (entry.expiresAt === 0 ? 0 : 1);
    entry.expiresAt = expiresAt;
    if (expiresAt === 0) return;
    this.#expiries.add(expiresAt, entry);
    // Keys whose expiry is set again and again leave obsolete items behind.
    if (this.#expiries.size > 4 * this.#expiring + 1024) {
      this.#expiries.retain((each, at) => each.sequence > 0 && each.expiresAt === at);
    }
  }
}

/** One entry of an `IndexedDict`. */
export interface DictEntry<V> {
  readonly key: string;
  value: V;
  /** Its place in the order of insertion, from 1 on; negative once it was removed. */
  sequence: number;
  /** Unix time in milliseconds at which it expires; 0 for never. The dictionary itself expires nothing. */
  expiresAt: number;
}

/** What one step of a scan returns: the next cursor (0 when done) and the entries of this step. */
export interface ScanStep<V> {
  readonly cursor: number;
  readonly entries: readonly { readonly key: string; readonly value: V }[];
}

/**
 * A hash table that also gives a random entry in constant time and can be scanned with a cursor while it changes.
 *
 * A scan walks from the newest entry to the oldest, and its cursor is the sequence number that it goes on below. So it returns
 * each entry that was there from its beginning to its end exactly once, and ends however many are added meanwhile.
 */
export class IndexedDict<V> {
  readonly #entries = new Map<string, DictEntry<V>>();
  #order: DictEntry<V>[] = [];
  #nextSequence = 1;
  /** Told of an entry before whoever looks for it can change it; for who writes down the state of a moment. */
  beforeTouch: ((entry: DictEntry<V>) => void) | undefined;

  get size(): number {
    return this.#entries.size;
  }

  /** Of the entry that came last; 0 when there was none. */
  get newestSequence(): number {
    return this.#nextSequence - 1;
  }

  get(key: string): DictEntry<V> | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Adds or replaces; a replaced entry keeps its place and its expiry. Returns true when the key is new. */
  set(key: string, value: V): boolean {
    const existing = this.#entries.get(key);
    if (existing !== undefined) {
      existing.value = value;
      return false;
    }
    const entry = { key, value, sequence: this.#nextSequence++, expiresAt: 0 };
    this.#entries.set(key, entry);
    this.#order.push(entry);
    return true;
  }

  /** Removes the key and returns its entry, whose sequence is then negative. */
  delete(key: string): DictEntry<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    entry.sequence = -entry.sequence;
    if (this.#order.length > 2 * this.#entries.size + 16) this.#compact();
    return entry;
  }

  clear(): void {
    this.#entries.clear();
    this.#order = [];
  }

  /** All entries in the order of insertion. */
  entries(): IterableIterator<DictEntry<V>> {
    return this.#entries.values();
  }

  /** All keys in the order of insertion. */
  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Any entry, each with the same probability; undefined only when empty. `random` returns [0, 1). */
  random(random: () => number): DictEntry<V> | undefined {
    while (this.#entries.size > 0) {
      const entry = this.#order[Math.floor(random() * this.#order.length)];
      if (entry !== undefined && entry.sequence > 0) return entry;
    }
    return undefined;
  }

  /** Looks at up to `count` entries below `cursor`; cursor 0 begins. */
  scan(cursor: number, count: number): ScanStep<V> {
    let at = cursor === 0 ? this.#order.length - 1 : this.#lastBelow(cursor);
    const found: DictEntry<V>[] = [];
    for (let looked = 0; at >= 0 && looked < count; at--, looked++) {
      const entry = this.#order[at];
      if (entry !== undefined && entry.sequence > 0) found.push(entry);
    }
    const next = this.#order[at];
    return { cursor: next === undefined ? 0 : Math.abs(next.sequence) + 1, entries: found };
  }

  /** The index in the order of the last entry with a sequence below `cursor`; -1 for none. */
  #lastBelow(cursor: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Math.abs(this.#order[middle]?.sequence ?? 0) < cursor) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #compact(): void {
    this.#order = this.#order.filter((entry) => entry.sequence > 0);
  }
}

// So few new keys are cheaper to put in their places one by one than to sort with all others.
const fewKeys = 8;

/** A map from bytes to values that can be walked in the order of the bytes while it changes. Keys are sorted when they are walked. */
export class SortedKeys<T> {
  readonly #values: Map<string, T> = new Map();
  #sorted: Buffer[] = [];
  #fresh: Buffer[] = [];

  get(key: Buffer): T | undefined {
    return this.#values.get(key.toString("latin1"));
  }

  set(key: Buffer, value: T): void {
    const name = key.toString("latin1");
    if (!this.#values.has(name)) this.#fresh.push(key);
    this.#values.set(name, value);
  }

  /** The next key in this direction, with its value; the key itself when it is included. */
  next(key: Buffer, isReverse: boolean, isIncluded: boolean): { readonly key: Buffer; readonly value: T } | undefined {
    this.#settle();
    const place = this.#placeOf(key);
    const found = this.#sorted[place]?.equals(key) ?? false;
    const at = found && isIncluded ? place : isReverse ? place - 1 : place + Number(found);
    const next = this.#sorted[at];
    const value = next && this.get(next);
    return next && value !== undefined ? { key: next, value } : undefined;
  }

  /** All of them in their order; they must not change meanwhile. */
  *entries(): Generator<readonly [Buffer, T], void> {
    this.#settle();
    for (const key of this.#sorted) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  #settle(): void {
    const fresh = this.#fresh;
    if (fresh.length === 0) return;
    this.#fresh = [];
    if (fresh.length <= fewKeys) for (const key of fresh) this.#sorted.splice(this.#placeOf(key), 0, key);
    // Nearly sorted already: the engine's merge sort takes the old keys as one run.
    else this.#sorted = [...this.#sorted, ...fresh.sort(Buffer.compare)].sort(Buffer.compare);
  }

  /** The place of the first key that is not before this one. */
  #placeOf(key: Buffer): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#sorted[middle];
      if (other && Buffer.compare(other, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

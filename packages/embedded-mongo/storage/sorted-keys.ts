/** A map from bytes to values that can be walked in the order of the bytes while it changes. */
export class SortedKeys<T> {
  readonly #values: Map<string, T> = new Map();
  readonly #keys: Buffer[] = [];

  get(key: Buffer): T | undefined {
    return this.#values.get(key.toString("latin1"));
  }

  set(key: Buffer, value: T): void {
    const name = key.toString("latin1");
    if (!this.#values.has(name)) this.#keys.splice(this.#placeOf(key), 0, key);
    this.#values.set(name, value);
  }

  /** The next key in this direction, with its value; the key itself when it is included. */
  next(key: Buffer, isReverse: boolean, isIncluded: boolean): { readonly key: Buffer; readonly value: T } | undefined {
    const place = this.#placeOf(key);
    const found = this.#keys[place]?.equals(key) ?? false;
    const at = found && isIncluded ? place : isReverse ? place - 1 : place + Number(found);
    const next = this.#keys[at];
    const value = next && this.get(next);
    return next && value !== undefined ? { key: next, value } : undefined;
  }

  *entries(): Generator<readonly [Buffer, T], void> {
    for (const key of this.#keys) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  /** The place of the first key that is not before this one. */
  #placeOf(key: Buffer): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#keys[middle];
      if (other && Buffer.compare(other, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

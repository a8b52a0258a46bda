import type { DictEntry, IndexedDict } from "./indexed-dict.ts";
import type { RedisValue } from "./value.ts";

type KeyEntry = DictEntry<RedisValue>;

/**
 * The keys of a database at one moment, to be taken one by one while commands go on: what a command is about to touch is handed to `taken`
 * before it is touched, and does not come again. FLUSHDB and SWAPDB leave it its keys.
 */
export class FrozenKeys {
  readonly index: number;
  readonly size: number;
  readonly expiringSize: number;
  readonly #keys: IndexedDict<RedisValue>;
  readonly #newest: number;
  /** Entries up to this sequence were taken in their order. */
  #reached = 0;
  readonly #takenAhead = new Set<KeyEntry>();

  constructor(
    index: number,
    keys: IndexedDict<RedisValue>,
    expiringSize: number,
    taken: (keys: FrozenKeys, entry: KeyEntry) => void,
  ) {
    this.index = index;
    this.size = keys.size;
    this.expiringSize = expiringSize;
    this.#keys = keys;
    this.#newest = keys.newestSequence;
    keys.beforeTouch = (entry) => {
      if (entry.sequence <= this.#reached || entry.sequence > this.#newest || this.#takenAhead.has(entry)) return;
      this.#takenAhead.add(entry);
      taken(this, entry);
    };
  }

  /** Takes the rest, each when it is asked for. */
  *entries(): Generator<KeyEntry, void> {
    for (const entry of this.#keys.entries()) {
      if (entry.sequence > this.#newest) return;
      this.#reached = entry.sequence;
      if (!this.#takenAhead.delete(entry)) yield entry;
    }
  }

  /** Lets commands touch keys untold again. */
  release(): void {
    this.#keys.beforeTouch = undefined;
  }
}

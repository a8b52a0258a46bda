/** Lets so many of a second pass, spread evenly over what comes at once, and says how many it left out. */
export class Sample {
  readonly #perSecond: number;
  #second = 0;
  #left: number;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
  }

  /** `at` in milliseconds. */
  take<T>(all: readonly T[], at: number): { readonly taken: readonly T[]; readonly dropped: number } {
    const second = Math.floor(at / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#left = this.#perSecond;
    }
    const count = Math.min(all.length, this.#left);
    this.#left -= count;
    const taken = count === all.length ? all : all.filter((_, index) => isPicked(index, count, all.length));
    return { taken, dropped: all.length - count };
  }
}

/** Whether an item is one of `count` that are spread evenly over `length`: where the share of those passed grows by a whole one. */
const isPicked = (index: number, count: number, length: number): boolean =>
  Math.floor(((index + 1) * count) / length) > Math.floor((index * count) / length);

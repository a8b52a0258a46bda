interface Due<T> {
  readonly at: number;
  readonly item: T;
}

/** Items by the time they are due, the earliest first. What became obsolete meanwhile is for the caller to find out. */
export class ExpiryHeap<T> {
  #heap: Due<T>[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest time; undefined when empty. */
  get earliest(): number | undefined {
    return this.#heap[0]?.at;
  }

  add(at: number, item: T): void {
    const heap = this.#heap;
    const added = { at, item };
    let index = heap.length;
    heap.push(added);
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = added;
  }

  /** Takes the earliest item that is due at `now`. */
  takeDue(now: number): T | undefined {
    const top = this.#heap[0];
    if (top === undefined || top.at > now) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return top.item;
  }

  /** Any item; undefined when empty. */
  random(random: () => number): T | undefined {
    return this.#heap[Math.floor(random() * this.#heap.length)]?.item;
  }

  /** Keeps only the items that `isCurrent` accepts for their time. */
  retain(isCurrent: (item: T, at: number) => boolean): void {
    const kept = this.#heap.filter(({ at, item }) => isCurrent(item, at));
    this.#heap = [];
    for (const { at, item } of kept) this.add(at, item);
  }

  #sink(due: Due<T>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const right = heap[child + 1];
      if (right !== undefined && right.at < (heap[child]?.at ?? 0)) child++;
      const below = heap[child];
      if (below === undefined || below.at >= due.at) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = due;
  }
}

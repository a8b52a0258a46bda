/** A node of the skip list; `next[level]` and the number of nodes that each of those steps passes, `span[level]`. */
export interface SkipNode {
  readonly member: string;
  readonly score: number;
  readonly next: (SkipNode | undefined)[];
  readonly span: number[];
  previous: SkipNode | undefined;
}

const maxLevel = 32;
// Redis's ZSKIPLIST_P: one node in four is a level higher.
const levelChance = 0.25;

// For each level the last node before a place, and its rank: filled anew by each change, so that a change allocates nothing.
const before: (SkipNode | undefined)[] = new Array(maxLevel).fill(undefined);
const ranks = new Int32Array(maxLevel);

function randomLevel(): number {
  let level = 1;
  while (level < maxLevel && Math.random() < levelChance) level++;
  return level;
}

function isBefore(node: SkipNode, score: number, member: string): boolean {
  return node.score < score || (node.score === score && node.member < member);
}

/** Members by score, then by bytes, with their ranks. No member may be in it twice: the sorted set sees to that. */
export class SkipList {
  readonly #head: SkipNode = { member: "", score: 0, next: [undefined], span: [0], previous: undefined };
  #tail: SkipNode | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): SkipNode | undefined {
    return this.#head.next[0];
  }

  get last(): SkipNode | undefined {
    return this.#tail;
  }

  insert(score: number, member: string): void {
    let node = this.#head;
    let rank = 0;
    for (let level = this.#head.next.length - 1; level >= 0; level--) {
      let next = node.next[level];
      while (next !== undefined && isBefore(next, score, member)) {
        rank += node.span[level] ?? 0;
        node = next;
        next = node.next[level];
      }
      before[level] = node;
      ranks[level] = rank;
    }
    const height = randomLevel();
    for (let level = this.#head.next.length; level < height; level++) {
      before[level] = this.#head;
      ranks[level] = 0;
      this.#head.next.push(undefined);
      this.#head.span.push(this.#length);
    }
    const added: SkipNode = { member, score, next: [], span: [], previous: node === this.#head ? undefined : node };
    for (let level = 0; level < this.#head.next.length; level++) {
      const left = before[level] ?? this.#head;
      const steps = left.span[level] ?? 0;
      if (level >= height) {
        left.span[level] = steps + 1;
        continue;
      }
      const passed = rank - (ranks[level] ?? 0);
      added.next.push(left.next[level]);
      added.span.push(steps - passed);
      left.next[level] = added;
      left.span[level] = passed + 1;
    }
    const after = added.next[0];
    if (after === undefined) this.#tail = added;
    else after.previous = added;
    this.#length++;
  }

  /** Removes a member that is in it with this score. */
  remove(score: number, member: string): void {
    let node = this.#head;
    for (let level = this.#head.next.length - 1; level >= 0; level--) {
      let next = node.next[level];
      while (next !== undefined && isBefore(next, score, member)) {
        node = next;
        next = node.next[level];
      }
      before[level] = node;
    }
    const target = node.next[0];
    if (target === undefined || target.member !== member) return;
    for (let level = 0; level < this.#head.next.length; level++) {
      const left = before[level] ?? this.#head;
      if (left.next[level] !== target) {
        left.span[level] = (left.span[level] ?? 0) - 1;
        continue;
      }
      left.next[level] = target.next[level];
      left.span[level] = (left.span[level] ?? 0) + (target.span[level] ?? 0) - 1;
    }
    const after = target.next[0];
    if (after === undefined) this.#tail = target.previous;
    else after.previous = target.previous;
    this.#length--;
  }

  /** How many nodes come before the first for which `isWithin` is true; `isWithin` must be false, then true, along the list. */
  rankWhere(isWithin: (node: SkipNode) => boolean): number {
    let node = this.#head;
    let rank = 0;
    for (let level = this.#head.next.length - 1; level >= 0; level--) {
      let next = node.next[level];
      while (next !== undefined && !isWithin(next)) {
        rank += node.span[level] ?? 0;
        node = next;
        next = node.next[level];
      }
    }
    return rank;
  }

  /** The rank, from 0 on, of a member that is in it with this score. */
  rankOf(score: number, member: string): number {
    let node = this.#head;
    let rank = 0;
    for (let level = this.#head.next.length - 1; level >= 0; level--) {
      let next = node.next[level];
      while (next !== undefined && isBefore(next, score, member)) {
        rank += node.span[level] ?? 0;
        node = next;
        next = node.next[level];
      }
    }
    return rank;
  }

  /** The node at a rank, from 0 on. */
  at(rank: number): SkipNode | undefined {
    let node = this.#head;
    let left = rank + 1;
    for (let level = this.#head.next.length - 1; level >= 0; level--) {
      let next = node.next[level];
      while (next !== undefined && (node.span[level] ?? 0) <= left) {
        left -= node.span[level] ?? 0;
        node = next;
        next = node.next[level];
      }
      if (left === 0) return node === this.#head ? undefined : node;
    }
    return undefined;
  }
}

import type { Amount } from "../language/amounts.ts";
import { Random } from "./random.ts";

// A sum for so many parents: 10,000,000 parents need 0.3 MB.
const blockSize = 256;

/** Which child belongs to which parent, when each parent has an amount of its own. Sums of blocks are kept, the rest is counted anew. */
export class Children {
  /** How many there are. */
  readonly total: number;
  /** How many the amounts give. */
  readonly #natural: number;
  readonly #key: number;
  readonly #parents: number;
  readonly #many: Amount;
  readonly #ends: Float64Array;
  readonly #random = new Random();
  #block = -1;
  #first = 0;
  #offsets: number[] = [];

  /** `wanted`: so many instead, shared out as the amounts would. */
  constructor(key: number, parents: number, many: Amount, wanted: number | undefined) {
    this.#key = key;
    this.#parents = parents;
    this.#many = many;
    this.#ends = new Float64Array(Math.ceil(parents / blockSize));
    let total = 0;
    for (let parent = 0; parent < parents; parent++) {
      total += this.#amountOf(parent);
      this.#ends[Math.floor(parent / blockSize)] = total;
    }
    this.#natural = total;
    this.total = total === 0 ? 0 : (wanted ?? total);
  }

  /** The parent of a child, and which of its children it is, from 0. */
  placeOf(child: number): { readonly parent: number; readonly sibling: number } {
    const natural = Math.floor((child * this.#natural) / this.total);
    this.#open(this.#blockOf(natural));
    const inBlock = natural - this.#first;
    let place = 0;
    while ((this.#offsets[place + 1] ?? Number.POSITIVE_INFINITY) <= inBlock) place++;
    const eldest = Math.ceil(((this.#first + (this.#offsets[place] ?? 0)) * this.total) / this.#natural);
    return { parent: this.#block * blockSize + place, sibling: child - eldest };
  }

  #blockOf(child: number): number {
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) > child) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #open(block: number): void {
    if (block === this.#block) return;
    this.#block = block;
    this.#first = block === 0 ? 0 : (this.#ends[block - 1] ?? 0);
    this.#offsets = [];
    let sum = 0;
    const end = Math.min((block + 1) * blockSize, this.#parents);
    for (let parent = block * blockSize; parent < end; parent++) {
      this.#offsets.push(sum);
      sum += this.#amountOf(parent);
    }
  }

  #amountOf(parent: number): number {
    return Math.max(0, Math.round(this.#many(this.#random.begin(this.#key, parent))));
  }
}

/**
 * A stream of pseudo-random numbers that begins anew at each document: the same key gives the same numbers on any machine. It is sfc32
 * (Doty-Humphrey, PractRand), which passes PractRand and BigCrush and needs four words of state.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** Begins the stream of one index of a key. */
  begin(key: number, index: number): this {
    this.#a = key | 0;
    this.#b = index | 0;
    this.#c = (key ^ Math.imul(Math.floor(index / 2 ** 32) + 1, 0x9e3779b1)) | 0;
    this.#counter = 1;
    // Its author's advice for keys that differ in a few bits only.
    for (let round = 0; round < 12; round++) this.bits();
    return this;
  }

  /** 32 bits. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** At least 0 and below 1, with 53 bits. */
  next(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A whole number, both ends among them. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }
}

/** 32 bits of a text and a number: FNV-1a (Fowler, Noll, Vo) with the finish of MurmurHash3. */
export function keyOf(seed: number, ...words: readonly string[]): number {
  let hash = 0x811c9dc5 ^ seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b);
  for (const word of words) {
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0xff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

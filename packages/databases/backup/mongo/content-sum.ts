import { createHash } from "node:crypto";

const words = 8;

/**
 * The sum of the SHA-256 of many things, word by word modulo 2^32: the same for the same things in any order, and in memory that does not grow. It finds
 * loss and damage; against somebody who forges both, the parts' own hashes and encryption stand.
 */
export class ContentSum {
  readonly #sum = new Uint32Array(words);
  #count = 0;

  add(bytes: Uint8Array): void {
    const hash = createHash("sha256").update(bytes).digest();
    for (let word = 0; word < words; word++) this.#sum[word] = (this.#sum[word] ?? 0) + hash.readUInt32LE(word * 4);
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** 64 hexadecimal digits. */
  get hex(): string {
    return [...this.#sum].map((word) => word.toString(16).padStart(8, "0")).join("");
  }
}

import { keyOf } from "./random.ts";

/**
 * Where an index lands when so many are shuffled: each result comes once, nothing is remembered. A Feistel network over the next power
 * of four, walked until the result is in range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
 */
export function shuffled(key: number, index: number, count: number): number {
  if (count <= 1) return 0;
  const half = Math.ceil(Math.log2(count) / 2);
  const size = 2 ** half;
  let value = index;
  do {
    let left = Math.floor(value / size);
    let right = value % size;
    for (let round = 0; round < 4; round++) {
      const mixed = keyOf(Math.imul(key + round, 0x9e3779b1) ^ right);
      [left, right] = [right, (left ^ mixed) & (size - 1)];
    }
    value = left * size + right;
  } while (value >= count);
  return value;
}

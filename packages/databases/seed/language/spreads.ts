import type { RandomSource } from "./amounts.ts";

/** Which of so many: a whole number from 0 to below `count`. `shuffle` takes a rank to an index, so that the favourites lie anywhere. */
export type Spread = (random: RandomSource, count: number, shuffle: (rank: number) => number) => number;

/** Each as often as another: what `ref` does without being told. */
export const evenly: Spread = (random, count) => Math.floor(random.next() * count);

/**
 * A few get most: `skewed(0.8)` gives 80 % of the references to 20 % of the documents; 0.5 is even.
 * @example customer: ref("customers", skewed(0.8))
 */
export function skewed(share: number): Spread {
  const bounded = Math.min(0.999, Math.max(0.5, share));
  // P(u^power < 1 - share) = share.
  const power = Math.log(1 - bounded) / Math.log(bounded);
  // By exp and log: V8 brings its own (fdlibm), so that every machine has the same bits; `**` may be the machine's.
  return (random, count, shuffle) => shuffle(Math.floor(count * Math.exp(power * Math.log(1 - random.next()))) % count);
}

/**
 * The newer, the more often: the last documents are preferred, by the same rule as `skewed`.
 * @example article: ref("articles", recent(0.9))
 */
export function recent(share: number): Spread {
  const inOrder = skewed(share);
  return (random, count) => count - 1 - inOrder(random, count, (rank) => rank);
}

/** Random numbers of the document that is being made. */
export interface RandomSource {
  /** At least 0 and below 1. */
  next(): number;
}

/** How many: one number for each parent. */
export type Amount = (random: RandomSource) => number;

/**
 * Always so many.
 * @example count: perEach("customers", exactly(1))
 */
export const exactly =
  (amount: number): Amount =>
  () =>
    amount;

/**
 * Each whole number from `min` to `max` as often as another.
 * @example count: perEach("customers", between(0, 8))
 */
export const between =
  (min: number, max: number): Amount =>
  (random) =>
    min + Math.floor(random.next() * (max - min + 1));

/**
 * Around a mean, as independent happenings are: orders of a customer, calls in an hour (Poisson; Knuth, TAOCP vol. 2, 3.4.1; above 30 by
 * the normal distribution).
 * @example count: perEach("customers", around(4))
 */
export const around =
  (mean: number): Amount =>
  (random) => {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
    const limit = Math.exp(-mean);
    let product = random.next();
    let amount = 0;
    while (product > limit) {
      product *= random.next();
      amount++;
    }
    return amount;
  };

/**
 * Numbers with weights, as they were counted somewhere.
 * @example count: perEach("customers", amounts({ 0: 5, 1: 3, 20: 0.1 }))
 */
export const amounts = (weights: Readonly<Record<number, number>>): Amount => {
  const entries = Object.entries(weights).map(([amount, weight]) => [Number(amount), weight] as const);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (random) => {
    let left = random.next() * total;
    for (const [amount, weight] of entries) {
      left -= weight;
      if (left < 0) return amount;
    }
    return entries.at(-1)?.[0] ?? 0;
  };
};

/** Standard normal (Box and Muller, 1958). */
function normal(random: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

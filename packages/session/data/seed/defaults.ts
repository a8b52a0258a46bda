/** The seed number when none is said. */
export const defaultSeed = 42;

/** The present of a dataset is the beginning of the day (UTC): whoever seeds on the same day has the same bytes. */
export const startOfDay = (time: number): number => Math.floor(time / 86_400_000) * 86_400_000;

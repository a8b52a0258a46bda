import { stat, truncate } from "node:fs/promises";

const longestLogBytes = 16 * 1024 ** 2;

/** Empties a log that has become longer than 16 MiB. Who writes it appends, and goes on at its new end. */
export async function boundLog(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > longestLogBytes) await truncate(path);
}

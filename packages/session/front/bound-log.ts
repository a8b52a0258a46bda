import { stat, truncate } from "node:fs/promises";
import type { Clock } from "@drydock/core";

const longestLogBytes = 16 * 1024 ** 2;
const lookEveryMs = 30_000;

/**
 * Empties a log whenever it has become longer than 16 MiB, looked at every 30 s, until the signal is aborted; then it resolves. Who writes it appends, and goes
 * on at its new end. @throws what the system says against it
 */
export async function boundLog(path: string, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await clock.sleep(lookEveryMs, signal);
    } catch {
      return;
    }
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size > longestLogBytes) await truncate(path);
  }
}

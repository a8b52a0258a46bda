import type { Clock } from "@drydock/core";
import { type LockHolder, writeConflict } from "./locks.ts";

/** A transaction lives at most so long (manual, "transactionLifetimeLimitSeconds"), with time to notice it. */
const maxWaitMs = 70_000;

/** Waits for an open transaction to end. @throws MongoError WriteConflict when it does not, and the signal's reason */
export async function waitForEnd(holder: LockHolder, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  const timeUp = new AbortController();
  const giveUp = signal ? AbortSignal.any([signal, timeUp.signal]) : timeUp.signal;
  try {
    await Promise.race([
      holder.ended,
      clock.sleep(maxWaitMs, giveUp).then(() => {
        throw writeConflict();
      }),
    ]);
  } finally {
    timeUp.abort();
  }
}

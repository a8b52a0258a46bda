import type { Clock } from "@drydock/core";

/** What to call at each of many changes: the work is done once for all that come within a time after the first, and not when the signal is aborted before. */
export function onceABurst(work: () => void, burstMs: number, clock: Clock): (signal: AbortSignal) => void {
  let isWaiting = false;
  return (signal) => {
    if (isWaiting) return;
    isWaiting = true;
    const settle = () => {
      isWaiting = false;
      if (!signal.aborted) work();
    };
    clock.sleep(burstMs, signal).then(settle, settle);
  };
}

import type { WorkerLink } from "./worker-pool.ts";
import type { Written } from "./worker-protocol.ts";

// 1 MB of documents of 1 KB: large enough for the server, small enough for memory and for a mark every moment.
const rangeSize = 1_000;
// One is made while the one before is written.
const rangesAWorker = 2;

/** So many documents or keys, from one index on. */
export interface RangeWork {
  readonly method: "insert" | "keys";
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly mayExist: boolean;
}

/** How far it is. */
export interface RangeProgress {
  /** All before this index are written. */
  readonly done: number;
  readonly written: number;
  readonly bytes: number;
}

/**
 * Shares a row of documents among workers, in ranges, and reports after each. Waits for the ranges under way before it ends, also when it fails.
 * @throws the first error of a worker, the signal's reason
 */
export async function writeRanges(
  workers: readonly WorkerLink[],
  work: RangeWork,
  report: (progress: RangeProgress) => void,
  signal: AbortSignal,
): Promise<RangeProgress> {
  const finished = new Map<number, number>();
  let next = work.from;
  let done = work.from;
  let written = 0;
  let bytes = 0;
  let failure: { readonly error: unknown } | undefined;

  const take = (from: number, to: number, answer: Written): void => {
    finished.set(from, to);
    for (let end = finished.get(done); end !== undefined; end = finished.get(done)) {
      finished.delete(done);
      done = end;
    }
    written += answer.written;
    bytes += answer.bytes;
    report({ done, written, bytes });
  };
  const lane = async (worker: WorkerLink): Promise<void> => {
    while (next < work.to && !failure && !signal.aborted) {
      const from = next;
      const to = Math.min(work.to, from + rangeSize);
      next = to;
      try {
        take(from, to, await worker.ask(work.method, { name: work.name, from, to, mayExist: work.mayExist }));
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  const lanes = workers.flatMap((worker) => Array.from({ length: rangesAWorker }, () => lane(worker)));
  await Promise.all(lanes);
  if (failure) throw failure.error;
  signal.throwIfAborted();
  return { done, written, bytes };
}

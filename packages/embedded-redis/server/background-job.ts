/** What is written while the server goes on; one at a time, as Redis has one child process. */
export type BackgroundKind = "save" | "rewrite";

/** Runs one thing at a time in the background. */
export class BackgroundJob {
  #running:
    | { readonly kind: BackgroundKind; readonly abort: AbortController; readonly done: Promise<void> }
    | undefined;
  #next: (() => void) | undefined;

  /** What runs now. */
  get kind(): BackgroundKind | undefined {
    return this.#running?.kind;
  }

  /** Runs `work`, whose beginning is now; `ended` is told why it failed, and nothing when it was aborted. There must be nothing running. */
  start(kind: BackgroundKind, work: (signal: AbortSignal) => Promise<void>, ended: (problem: unknown) => void): void {
    const abort = new AbortController();
    const finish = (problem: unknown) => {
      this.#running = undefined;
      if (!abort.signal.aborted) ended(problem);
      const next = this.#next;
      this.#next = undefined;
      if (!abort.signal.aborted) next?.();
    };
    const done = work(abort.signal).then(() => finish(undefined), finish);
    this.#running = { kind, abort, done };
  }

  /** Calls `start` when nothing runs any more and the command that asks is done; a later call takes the place of an earlier one. */
  schedule(start: () => void): void {
    if (this.#running) this.#next = start;
    else setImmediate(start);
  }

  /** Ends what runs, without a trace of it. */
  async abort(): Promise<void> {
    this.#next = undefined;
    this.#running?.abort.abort();
    await this.#running?.done;
  }
}

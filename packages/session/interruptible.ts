/** Work that gives way to what ends everything: it is told to stop, and waited for. */
export class Interruptible {
  readonly #running = new Map<AbortController, Promise<unknown>>();

  /** Runs `work` with a signal that follows `signal`, and is aborted by `interrupt` as well. */
  async run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const own = new AbortController();
    const running = work(AbortSignal.any([signal, own.signal]));
    this.#running.set(own, running);
    try {
      return await running;
    } finally {
      this.#running.delete(own);
    }
  }

  /** Aborts what runs, for `reason`; resolves when all of it has ended, however. */
  async interrupt(reason: Error): Promise<void> {
    const running = [...this.#running];
    for (const [own] of running) own.abort(reason);
    await Promise.allSettled(running.map(([, work]) => work));
  }
}

import type { Clock } from "@drydock/core";

/** A clock that stands still until it is moved; sleepers wake in the order of their times. */
export class FakeClock implements Clock {
  #now: number;
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => reject(signal?.reason);
      const wake = () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      this.#sleepers.push({ at: this.#now + ms, wake });
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** How many wait on this clock now. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves time and lets everything that is due run, including what it then starts. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers[0];
      if (!next || next.at > end) break;
      this.#sleepers.shift();
      this.#now = next.at;
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#now = end;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Wakes whoever waits when something has happened. */
export class WakeUp {
  #waiters: (() => void)[] = [];
  #version = 0;

  /** How often it has happened: take it before looking, and wait for the next one after it. */
  get version(): number {
    return this.#version;
  }

  /** Wakes all that wait now. */
  notify(): void {
    this.#version++;
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /**
   * Resolves with true at the next `notify` after `version`, which may have been already, with false after `ms`. @throws the signal's reason
   * when it is aborted first
   */
  wait(ms: number, signal: AbortSignal, version: number = this.#version): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (version !== this.#version) return resolve(true);
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
      };
      const wake = () => {
        end();
        resolve(true);
      };
      const leave = () => {
        end();
        this.#waiters = this.#waiters.filter((each) => each !== wake);
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        leave();
        resolve(false);
      }, ms);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiters.push(wake);
    });
  }
}

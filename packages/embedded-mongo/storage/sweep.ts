import { allDoomed, readDoomed } from "./catalog-keys.ts";
import { spanOf } from "./record-keys.ts";
import type { Tables } from "./tables.ts";

// Few enough that other writes do not wait for long.
const keysAtATime = 2000;

/** Removes what dropped collections and indexes have left, a little at a time, beside everything else. */
export class Sweep {
  readonly #tables: Tables;
  #running: Promise<void> | undefined;
  #isWantedAgain = false;
  #isStopped = false;
  /** What is marked as doomed and still wanted. */
  readonly #spared = new Set<number>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Leaves what is under these numbers alone, until the function that it returns is called. */
  spare(numbers: readonly number[]): () => void {
    for (const number of numbers) this.#spared.add(number);
    return () => {
      for (const number of numbers) this.#spared.delete(number);
      this.start();
    };
  }

  start(): void {
    this.#isWantedAgain = true;
    this.#running ??= this.#run();
  }

  /** Resolves when it does nothing any more; what is left is removed after the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#isWantedAgain && !this.#isStopped) {
        this.#isWantedAgain = false;
        while (!this.#isStopped && (await this.#tables.transaction(() => this.#removeSome())));
      }
    } catch {
      // The disk is full or gone: whoever writes next is told, and the next start sweeps again.
    } finally {
      this.#running = undefined;
    }
  }

  /** Whether there may be more. */
  #removeSome(): boolean {
    for (const { key } of this.#tables.range("catalog", allDoomed)) {
      const { number, table } = readDoomed(key);
      if (this.#spared.has(number)) continue;
      let count = 0;
      for (const each of this.#tables.range(table, spanOf(number))) {
        this.#tables.remove(table, each.key);
        if (++count === keysAtATime) return true;
      }
      this.#tables.remove("catalog", key);
      return true;
    }
    return false;
  }
}

import type { RootDatabase } from "lmdb";

// What lmdb's writing thread reports (lmdb 3.5, src/writer.cpp, progressStatus): the commit is on the disk; it is visible to readers and not yet
// on the disk; transactions' functions may run. All else is an error's number.
const flushed = 0;
const visible = 1;
const callsBack = 2;

/**
 * Runs write transactions and resolves when they are committed, not only when they are on the disk, which lmdb's own promise waits for. lmdb is
 * told of that moment and does not pass it on, so its call that starts a writing thread is listened to; where a version of lmdb has no such call,
 * writes resolve with lmdb's promise.
 */
export class EarlyCommits {
  readonly #root: RootDatabase<Buffer, Buffer>;
  /** Of the thread whose transactions run now: what to call when they are visible. */
  #running: (() => void)[] | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#root = root;
    this.#listen();
  }

  /** @throws what LMDB says when the commit fails; nothing of it is there then */
  transaction<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        this.#running?.push(() => resolve(result));
        return result;
      };
      const committed: Promise<T> = this.#root.transaction(run);
      this.#last = committed.then(resolve, reject);
    });
  }

  /** Resolves when everything that was committed is on the disk. */
  async flushed(): Promise<void> {
    await this.#last;
    await this.#root.flushed;
  }

  #listen(): void {
    const env: unknown = Reflect.get(this.#root, "env");
    if (typeof env !== "object" || env === null) return;
    const start: unknown = Reflect.get(env, "startWriting");
    if (typeof start !== "function") return;
    const listening = (address: number, report: (status: number) => unknown): unknown =>
      Reflect.apply(start, env, [address, this.#listener(report)]);
    Reflect.defineProperty(env, "startWriting", { value: listening });
  }

  /** One for each writing thread: two of them may report in any order. */
  #listener(report: (status: number) => unknown): (status: number) => unknown {
    const committed: (() => void)[] = [];
    return (status) => {
      if (status === visible) {
        // The next read sees it.
        this.#root.resetReadTxn();
        for (const tell of committed.splice(0)) tell();
        return report(status);
      }
      const before = this.#running;
      this.#running = committed;
      try {
        const answer = report(status);
        // After a commit that failed lmdb leaves its promise of the flush open, on which its `close` waits: there is nothing to flush.
        if (status !== flushed && status !== callsBack) report(flushed);
        return answer;
      } finally {
        this.#running = before;
      }
    };
  }
}

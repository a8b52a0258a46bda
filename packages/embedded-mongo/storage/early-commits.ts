import type { RootDatabase } from "lmdb";
import { CommitMarks } from "./commit-marks.ts";

// What lmdb's writing thread reports (lmdb 3.5, src/writer.cpp, progressStatus): the commit is on the disk; it is visible to readers and not yet
// on the disk; transactions' functions may run. All else is an error's number. The thread sets the status before it commits, and asks twice for
// functions to run when one more came while it waited: the second report then says "visible" while the commit is under way.
const flushed = 0;
const visible = 1;
const callsBack = 2;

/** What a writing thread commits. */
interface Batch {
  /** To call when it is visible. */
  readonly tell: (() => void)[];
  /** Undefined as long as nothing was changed. */
  mark?: number;
}

/**
 * Runs write transactions and resolves when they are committed, not only when they are on the disk, which lmdb's own promise waits for. lmdb is
 * told of that moment and does not pass it on, so its call that starts a writing thread is listened to; where a version of lmdb has no such call,
 * writes resolve with lmdb's promise.
 */
export class EarlyCommits {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #marks: CommitMarks;
  /** Of the thread whose transactions run now. */
  #running: Batch | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#root = root;
    this.#marks = new CommitMarks(root);
    this.#listen();
  }

  /** @throws what LMDB says when the commit fails; nothing of it is there then */
  transaction<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        this.#running?.tell.push(() => resolve(result));
        return result;
      };
      const committed: Promise<T> = this.#root.transaction(run);
      this.#last = committed.then(resolve, reject);
    });
  }

  /** To be called by a transaction's function before it changes something. @throws what LMDB says */
  changes(): void {
    if (this.#running) this.#running.mark ??= this.#marks.put();
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
    const batch: Batch = { tell: [] };
    return (status) => {
      if (status === visible) {
        // The next read sees it.
        this.#root.resetReadTxn();
        if (batch.mark === undefined || this.#marks.isVisible(batch.mark))
          for (const tell of batch.tell.splice(0)) tell();
        return report(status);
      }
      const before = this.#running;
      this.#running = batch;
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

import type { Clock } from "@drydock/core";
import type { FileChange } from "./file-change.ts";

// Editors often save by rename: two events, one intention. This joins them.
const quietMs = 60;
// A switch of branches writes hundreds of files with pauses between them: above so many, the quiet must be longer.
const manyFiles = 20;
const quietOfManyMs = 250;
// What never gets quiet, such as a log in a watched folder, is acted upon at the latest after this.
const longestMs = 2_000;

/**
 * Joins changes that belong together: hands on one batch when nothing has changed for a moment. A file that changed several times is in it once,
 * as it was last; one that was made and removed again is left out.
 */
export class Settle {
  readonly #clock: Clock;
  readonly #deliver: (changes: readonly FileChange[], firstAt: number) => void;
  readonly #pending = new Map<string, { readonly change: FileChange; readonly isNew: boolean }>();
  #firstAt = 0;
  #waiting: AbortController | undefined;

  /** `deliver` gets each batch, and when its first change was seen, in milliseconds. */
  constructor(clock: Clock, deliver: (changes: readonly FileChange[], firstAt: number) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** Takes a change; `isNew` when the file was not there before. */
  add(change: FileChange, isNew = false): void {
    if (this.#pending.size === 0) this.#firstAt = this.#clock.now();
    const before = this.#pending.get(change.path);
    if (before?.isNew && change.kind === "removed") this.#pending.delete(change.path);
    else this.#pending.set(change.path, { change, isNew: before?.isNew ?? isNew });
    void this.#wait();
  }

  /** Forgets what is pending. */
  close(): void {
    this.#waiting?.abort();
    this.#pending.clear();
  }

  async #wait(): Promise<void> {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    const quiet = this.#pending.size > manyFiles ? quietOfManyMs : quietMs;
    const left = this.#firstAt + longestMs - this.#clock.now();
    try {
      await this.#clock.sleep(Math.max(0, Math.min(quiet, left)), waiting.signal);
    } catch {
      return; // Another change came, or the watch ended.
    }
    const changes = [...this.#pending.values()].map(({ change }) => change);
    this.#pending.clear();
    if (changes.length > 0) this.#deliver(changes, this.#firstAt);
  }
}

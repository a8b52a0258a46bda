import type { Clock, Emit } from "@drydock/core";
import type { ComposeProgress } from "./compose-progress.ts";

// What prints a bar needs no more than this; a pull reports each layer every few milliseconds.
const quietMs = 100;

/** Tells readers how far a pull or build is, not more often than ten times a second, with transfers added up. */
export class ProgressTeller {
  readonly #task: string;
  readonly #clock: Clock;
  readonly #emit: Emit;
  readonly #transfers = new Map<string, { readonly done: number; readonly total: number }>();
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(task: string, clock: Clock, emit: Emit) {
    this.#task = task;
    this.#clock = clock;
    this.#emit = emit;
  }

  tell({ id, text, done, total }: ComposeProgress): void {
    if (done !== undefined && total !== undefined) this.#transfers.set(id, { done, total });
    const message = [id, text].filter(Boolean).join(" ").trim();
    const at = this.#clock.now();
    if (message === "" || at - this.#lastAt < quietMs) return;
    this.#lastAt = at;
    const sums = [...this.#transfers.values()];
    const sum = (key: "done" | "total") => sums.reduce((all, each) => all + each[key], 0);
    const bytes = sums.length === 0 ? {} : { done: sum("done"), total: sum("total") };
    this.#emit({ kind: "progress", at, task: this.#task, message, ...bytes });
  }
}

import type { Clock, Emit } from "@drydock/core";
import type { SeedProgress } from "@drydock/databases";

// Often enough for a bar that moves, seldom enough for a socket.
const everyMs = 100;
// What is done in less is not worth a line.
const silentMs = 1_000;

/** Turns the progress of a seeding into events, each part a task of its own with its rate and the time left. */
export class SeedProgressEvents {
  readonly #clock: Clock;
  readonly #emit: Emit;
  #name = "";
  #startedAt = 0;
  #isTold = false;
  #toldAt = 0;
  #first = 0;

  constructor(clock: Clock, emit: Emit) {
    this.#clock = clock;
    this.#emit = emit;
  }

  readonly take = ({ name, done, total }: SeedProgress): void => {
    const at = this.#clock.now();
    if (name !== this.#name) {
      this.#name = name;
      this.#startedAt = at;
      this.#first = done;
      this.#isTold = false;
    }
    const isSoon = this.#isTold ? done < total && at - this.#toldAt < everyMs : at - this.#startedAt < silentMs;
    if (isSoon) return;
    this.#isTold = true;
    this.#toldAt = at;
    const message = `${grouped(done)} of ${grouped(total)}${this.#pace(done, total, at)}`;
    this.#emit({ kind: "progress", at, task: `seed ${name}`, message, done, total });
  };

  #pace(done: number, total: number, at: number): string {
    const seconds = (at - this.#startedAt) / 1_000;
    if (seconds < 0.5 || done === total) return "";
    const rate = (done - this.#first) / seconds;
    if (rate <= 0) return "";
    return `, ${grouped(Math.round(rate))}/s, ${Math.ceil((total - done) / rate)} s left`;
  }
}

const grouped = (count: number): string => count.toLocaleString("en");

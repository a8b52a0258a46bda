/** The parts of a front's process that answer requests, as far as its lines tell. */
export interface ServingParts {
  /** Takes each line that the process says. */
  take(line: string): void;
  /** Resolves when none of the parts that answer at the moment of this call takes new connections any more. */
  retired(): Promise<void>;
  /** Resolves when none of the parts that answer at the moment of this call does any more. */
  gone(): Promise<void>;
  /** The process has ended: all are gone. */
  end(): void;
}

/** nginx's worker processes: they are known by name, so that those from before a reload can be waited for. */
export function servingWorkers(): ServingParts {
  const accepting = new Members();
  const alive = new Members();
  return {
    take(line) {
      const [, begun] = /start worker process (\d+)/.exec(line) ?? [];
      const [, retired] = /(\d+)#\d+: gracefully shutting down/.exec(line) ?? [];
      const [, ended] = /worker process (\d+) exited/.exec(line) ?? [];
      for (const each of [accepting, alive]) {
        if (begun !== undefined) each.add(begun);
        if (ended !== undefined) each.delete(ended);
      }
      if (retired !== undefined) accepting.delete(retired);
    },
    retired: () => accepting.gone(),
    gone: () => alive.gone(),
    end: () => [accepting, alive].forEach((each) => void each.clear()),
  };
}

/** A set that can be waited for: until all who are in it now have left. */
class Members {
  readonly #all = new Set<string>();
  readonly #waiting = new Set<{ readonly left: Set<string>; readonly done: () => void }>();

  add(name: string): void {
    this.#all.add(name);
  }

  delete(name: string): void {
    this.#all.delete(name);
    for (const each of this.#waiting) {
      each.left.delete(name);
      if (each.left.size > 0) continue;
      this.#waiting.delete(each);
      each.done();
    }
  }

  clear(): void {
    for (const name of [...this.#all]) this.delete(name);
  }

  gone(): Promise<void> {
    if (this.#all.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ left: new Set(this.#all), done: () => resolve() }));
  }
}

/** The edge's configurations: it counts its reloads, `reloaded 3`, and says when nothing from before one is under way, `drained 3`. */
export function servingReloads(): ServingParts {
  let reloads = 0;
  let drained = 0;
  const waiting = new Set<{ readonly reload: number; readonly done: () => void }>();
  const settle = (): void => {
    for (const each of waiting) {
      if (each.reload > drained) continue;
      waiting.delete(each);
      each.done();
    }
  };
  return {
    take(line) {
      const [, word, number] = /^(reloaded|drained) (\d+)$/.exec(line) ?? [];
      if (word === "reloaded") reloads = Number(number);
      if (word === "drained") drained = Math.max(drained, Number(number));
      settle();
    },
    // The next one takes them all by the time it says that it was loaded.
    retired: () => Promise.resolve(),
    gone: () => new Promise((done) => waiting.add({ reload: reloads + 1, done: () => done() })),
    end() {
      drained = Number.POSITIVE_INFINITY;
      settle();
    },
  };
}

/** The parts of a front's process that answer requests, as far as its lines tell. */
export interface ServingParts {
  /** Takes each line that the process says. */
  take(line: string): void;
  /** Resolves when none of the parts that answer at the moment of this call does any more. */
  gone(): Promise<void>;
  /** The process has ended: all are gone. */
  end(): void;
}

/** nginx's worker processes: they are known by name, so that those from before a reload can be waited for. */
export function servingWorkers(): ServingParts {
  const alive = new Set<string>();
  const waiting = new Set<{ readonly pids: Set<string>; readonly done: () => void }>();
  const forget = (pid: string): void => {
    alive.delete(pid);
    for (const each of waiting) {
      each.pids.delete(pid);
      if (each.pids.size > 0) continue;
      waiting.delete(each);
      each.done();
    }
  };
  return {
    take(line) {
      const [, begun] = /start worker process (\d+)/.exec(line) ?? [];
      const [, ended] = /worker process (\d+) exited/.exec(line) ?? [];
      if (begun !== undefined) alive.add(begun);
      if (ended !== undefined) forget(ended);
    },
    gone: () =>
      alive.size === 0
        ? Promise.resolve()
        : new Promise((done) => waiting.add({ pids: new Set(alive), done: () => done() })),
    end: () => [...alive].forEach(forget),
  };
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
    gone: () => new Promise((done) => waiting.add({ reload: reloads + 1, done: () => done() })),
    end() {
      drained = Number.POSITIVE_INFINITY;
      settle();
    },
  };
}

import type { Engine, ReadyStep } from "@drydock/core";
import { stoppedMeanwhile } from "./errors.ts";

/** One service that is waited for. */
interface Wait {
  readonly service: string;
  /** Ends the waiting for whoever cuts in. */
  readonly pause: AbortController;
  /** Resolves when the engine waits no more. */
  readonly hasPaused: Promise<void>;
  /** Resolves when whoever cut in is done; undefined: nobody has cut in. */
  isOver: Promise<void> | undefined;
}

/**
 * What waits for services to become ready, and gives way: a person changes the very service that does not, and the waiting goes on against what is
 * there then.
 */
export class ReadyWaits {
  readonly #waits = new Set<Wait>();
  readonly #isStopped: (service: string) => boolean;

  /** `isStopped`: somebody stopped a service, and nobody starts it. */
  constructor(isStopped: (service: string) => boolean) {
    this.#isStopped = isStopped;
  }

  /** The services that are waited for. */
  get services(): readonly string[] {
    return [...new Set([...this.#waits].map((each) => each.service))];
  }

  /** An engine that carries steps out, and gives way where it waits. */
  givingWay(engine: Pick<Engine, "apply">): Pick<Engine, "apply"> {
    return {
      apply: (step, context) =>
        step.kind === "ready"
          ? this.#wait(step, context.signal, (signal) => engine.apply(step, { ...context, signal }))
          : engine.apply(step, context),
    };
  }

  /** Whether nothing but waiting is done with each of these services now. */
  canCutIn(services: readonly string[]): boolean {
    return services.length > 0 && services.every((name) => this.#giving(name) !== undefined);
  }

  /** Does something with services for which `canCutIn` holds, while nobody waits for them. */
  async cutIn<T>(services: readonly string[], work: () => Promise<T>): Promise<T> {
    let leave: () => void = () => undefined;
    const isOver = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const waits = services.flatMap((name) => this.#giving(name) ?? []);
    for (const wait of waits) wait.isOver = isOver;
    for (const wait of waits) wait.pause.abort(new Error("somebody cuts in"));
    try {
      await Promise.all(waits.map((wait) => wait.hasPaused));
      return await work();
    } finally {
      leave();
    }
  }

  /** Of several that wait for a service, all but the last have given way to the next. */
  #giving(service: string): Wait | undefined {
    const last = [...this.#waits].findLast((each) => each.service === service);
    return last?.isOver ? undefined : last;
  }

  async #wait(
    { service }: ReadyStep,
    signal: AbortSignal,
    untilReady: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const pause = new AbortController();
      const waiting = untilReady(AbortSignal.any([signal, pause.signal]));
      const hasPaused = waiting.then(
        () => undefined,
        () => undefined,
      );
      const wait: Wait = { service, pause, hasPaused, isOver: undefined };
      this.#waits.add(wait);
      try {
        await hasPaused;
        if (!wait.isOver) return await waiting;
        // Also where it became ready in that moment: it is changed now.
        await wait.isOver;
      } finally {
        this.#waits.delete(wait);
      }
      signal.throwIfAborted();
      if (this.#isStopped(service)) throw stoppedMeanwhile(service);
    }
  }
}

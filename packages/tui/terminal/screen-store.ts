import type { Clock, DevEvent } from "@drydock/core";
import type { LogEntry } from "../logs/log-buffer.ts";
import { LogStore } from "../logs/log-store.ts";
import { type DashboardState, initialState, type Size } from "../state/dashboard-state.ts";
import type { Effect } from "../state/effect.ts";
import type { Happening } from "../state/happening.ts";
import { reduce } from "../state/reduce.ts";
import type { Glyphs } from "../text/glyphs.ts";

// At most 15 frames a second for what services do: enough to read by, and a flood costs no more than a trickle. Keys do not wait.
const frameMs = 66;

export interface ScreenStoreOptions {
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Holds the screen's state: takes in what happens, hands out effects, and tells its readers when to draw. */
export class ScreenStore {
  #state: DashboardState;
  #frame = 0;
  #isFramePending = false;
  #lastFrameAt = Number.NEGATIVE_INFINITY;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #drawers = new Set<() => void>();
  readonly #logReaders = new Set<(entry: LogEntry) => void>();
  #onEffect: (effect: Effect) => void = () => undefined;

  constructor({ size, glyphs, clock, signal }: ScreenStoreOptions) {
    this.#state = initialState(size, new LogStore(), glyphs);
    this.#clock = clock;
    this.#signal = signal;
  }

  get state(): DashboardState {
    return this.#state;
  }

  /** Grows by one whenever the screen has to be drawn again. */
  readonly frame = (): number => this.#frame;

  /** Calls back for each frame, until the returned function is called. */
  readonly onFrame = (draw: () => void): (() => void) => {
    this.#drawers.add(draw);
    return () => this.#drawers.delete(draw);
  };

  /** Calls back for each new log line that passes the filter, until the returned function is called. */
  onLogLine(read: (entry: LogEntry) => void): () => void {
    this.#logReaders.add(read);
    return () => this.#logReaders.delete(read);
  }

  /** Sets who carries out effects. */
  setEffects(onEffect: (effect: Effect) => void): void {
    this.#onEffect = onEffect;
  }

  /** Takes an event of the supervisor. Drawn with the next frame. */
  receive(event: DevEvent): void {
    if (event.kind === "log") {
      const entry = this.#state.logs.push(event);
      if (entry) for (const read of this.#logReaders) read(entry);
    } else if (event.kind === "skipped") {
      this.#state.logs.skip(event.at, event.lines);
    } else {
      this.#apply({ kind: "event", event });
    }
    this.#drawSoon();
  }

  /** Takes a key. Drawn at once. */
  key(key: string): void {
    this.#apply({ kind: "key", key });
    this.#draw();
  }

  /** Takes anything else. Drawn with the next frame. */
  happen(happening: Happening): void {
    this.#apply(happening);
    this.#drawSoon();
  }

  /** Takes the terminal's new size. Drawn at once. */
  resize(size: Size): void {
    this.#apply({ kind: "resize", size });
    this.#draw();
  }

  #apply(happening: Happening): void {
    const { state, effects } = reduce(this.#state, happening);
    this.#state = state;
    const { scope, level, text, position } = state.log;
    state.logs.show({ service: scope === "all" ? undefined : state.selected, level, text });
    state.logs.hold(position !== "follow");
    for (const effect of effects) this.#onEffect(effect);
  }

  #drawSoon(): void {
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    const wait = Math.max(0, this.#lastFrameAt + frameMs - this.#clock.now());
    this.#clock.sleep(wait, this.#signal).then(
      () => {
        this.#isFramePending = false;
        this.#draw();
      },
      () => undefined,
    );
  }

  #draw(): void {
    this.#lastFrameAt = this.#clock.now();
    this.#frame += 1;
    for (const draw of this.#drawers) draw();
  }
}

import type { DevEvent, Emit } from "@drydock/core";

// What happens while nobody watches waits for the next watcher; the oldest go first when there is too much of it.
const mostKept = 10_000;

/** Hands events to whoever watches. */
export class EventHub {
  readonly #watchers = new Set<Emit>();
  readonly #listeners = new Set<Emit>();
  #kept: DevEvent[] = [];

  emit(event: DevEvent): void {
    this.whisper(event);
    for (const watcher of this.#watchers) watcher(event);
    if (this.#watchers.size > 0) return;
    this.#kept.push(event);
    if (this.#kept.length > mostKept * 2) this.#kept = this.#kept.slice(-mostKept);
  }

  /** Tells only those who overhear. */
  whisper(event: DevEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Gives what happens from now on, also what is whispered; what has waited goes on waiting for a watcher. */
  overhear(emit: Emit, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(emit);
    signal.addEventListener("abort", () => this.#listeners.delete(emit), { once: true });
  }

  /** Gives what has waited, then all that happens, until the signal is aborted. */
  watch(emit: Emit, signal: AbortSignal): void {
    if (signal.aborted) return;
    for (const event of this.#kept.splice(0)) emit(event);
    this.#watchers.add(emit);
    signal.addEventListener("abort", () => this.#watchers.delete(emit), { once: true });
  }
}

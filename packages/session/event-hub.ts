import type { DevEvent, Emit } from "@drydock/core";

/** Hands every event to everyone who listens. A listener that throws is dropped; the others do not notice. */
export class EventHub {
  readonly #listeners = new Set<Emit>();

  readonly publish: Emit = (event: DevEvent) => {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: Emit): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

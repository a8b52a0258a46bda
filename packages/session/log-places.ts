import type { LogCursors } from "@drydock/docker";
import writeFileAtomic from "write-file-atomic";
import { jsonState } from "./json-state.ts";

// After a kill, lines of this long are read and stored once more; none is lost.
const saveEveryMs = 1_000;

/** How far containers' logs were read, kept on disk; a place is written only after the lines up to it are stored. */
export class LogPlaces implements LogCursors {
  readonly #path: string;
  readonly #places: Map<string, string>;
  readonly #storeLines: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, storeLines: () => Promise<void>) {
    this.#path = path;
    this.#storeLines = storeLines;
    this.#places = new Map(Object.entries(jsonState<Record<string, string>>(path, {}).read()));
  }

  read(containerId: string): string | undefined {
    return this.#places.get(containerId);
  }

  write(containerId: string, cursor: string): void {
    this.#places.set(containerId, cursor);
    this.#timer ??= setTimeout(() => this.save(), saveEveryMs).unref();
  }

  /** Stores the lines, then the places. Never rejects: what cannot be saved is read again next time. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const places = JSON.stringify(Object.fromEntries(this.#places));
    await this.#storeLines()
      .then(() => writeFileAtomic(this.#path, `${places}\n`, { mode: 0o600 }))
      .catch(() => undefined);
  }
}

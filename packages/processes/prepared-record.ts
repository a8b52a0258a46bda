import { join } from "node:path";
import { readState, writeState } from "./state-file.ts";

/** A one-shot that ended well. */
export interface DoneOneShot {
  readonly service: string;
  readonly number: number;
  /** Of the definition that it was made from. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What was done once and need not be done again, kept for the checkout in `prepared.json`. */
export class PreparedRecord {
  readonly #path: string;
  #done: readonly DoneOneShot[];
  #installs: Readonly<Record<string, string>>;

  constructor(stateDirectory: string) {
    this.#path = join(stateDirectory, "prepared.json");
    const data = readState(this.#path);
    this.#done = list(field(data, "done")).filter(isDone);
    this.#installs = Object.fromEntries(
      Object.entries(field(data, "installs") ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    );
  }

  get done(): readonly DoneOneShot[] {
    return this.#done;
  }

  markDone(done: DoneOneShot): void {
    this.#done = [...this.#without(done.service, done.number), done];
    this.#save();
  }

  forget(service: string, number: number): void {
    if (this.#without(service, number).length === this.#done.length) return;
    this.#done = this.#without(service, number);
    this.#save();
  }

  /** Data was removed: what was once done to it is not done any more. */
  forgetAllDone(): void {
    this.#done = [];
    this.#save();
  }

  /** The fingerprint of the lock file that the folder's dependencies were installed from. */
  installOf(folder: string): string | undefined {
    return this.#installs[folder];
  }

  markInstalled(folder: string, fingerprint: string): void {
    this.#installs = { ...this.#installs, [folder]: fingerprint };
    this.#save();
  }

  #without(service: string, number: number): readonly DoneOneShot[] {
    return this.#done.filter((each) => each.service !== service || each.number !== number);
  }

  #save(): void {
    writeState(this.#path, { done: this.#done, installs: this.#installs });
  }
}

function field(data: unknown, name: string): object | undefined {
  const value =
    typeof data === "object" && data !== null ? Object.entries(data).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === "object" && value !== null ? value : undefined;
}

function list(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

function isDone(data: unknown): data is DoneOneShot {
  if (typeof data !== "object" || data === null) return false;
  const { service, number, fingerprint, startedAt } = {
    service: 0,
    number: "",
    fingerprint: 0,
    startedAt: "",
    ...data,
  };
  return (
    typeof service === "string" &&
    typeof number === "number" &&
    typeof fingerprint === "string" &&
    typeof startedAt === "number"
  );
}

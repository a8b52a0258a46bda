import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Instance } from "@drydock/core";
import type { Edit } from "@drydock/watch";

// Programs generate files as they start; a person who saves the same content again so soon misses nothing.
const startingMs = 3_000;
// A file's time may lie a tick of the kernel before the clock's: 10 ms at CONFIG_HZ=100.
const tickMs = 10;

/**
 * Knows what services write themselves when they start: one that generates a file among its sources would restart for ever. Only a content that the
 * process has already begun with is left out, so that nothing which is saved is missed.
 */
export class OwnWrites {
  /** By path: the content that the last restart began with, and when, in milliseconds since the epoch. */
  readonly #begun = new Map<string, { readonly content: string; readonly at: number }>();
  readonly #instancesOf: (service: string) => readonly Instance[];

  constructor(instancesOf: (service: string) => readonly Instance[]) {
    this.#instancesOf = instancesOf;
  }

  /** These are about to be applied. `at` in milliseconds since the epoch. */
  begin(edits: readonly Edit[], at: number): void {
    for (const { changes } of edits.filter(startsAgain))
      for (const { path } of changes) this.#begun.set(path, { content: contentOf(path), at });
  }

  /** The edits without those that services made themselves. */
  leaveOut(edits: readonly Edit[]): readonly Edit[] {
    return edits.filter((edit) => !startsAgain(edit) || !edit.changes.every(({ path }) => this.#isOwn(edit, path)));
  }

  #isOwn({ service }: Edit, path: string): boolean {
    const begun = this.#begun.get(path);
    const changedAt = statSync(path, { throwIfNoEntry: false })?.ctimeMs;
    if (!begun || changedAt === undefined) return false;
    const starts = this.#instancesOf(service).map(({ startedAt }) => startedAt ?? 0);
    const isInStart = starts.some((at) => changedAt > at - tickMs && changedAt < at + startingMs);
    return isInStart && starts.every((at) => at >= begun.at) && contentOf(path) === begun.content;
  }
}

const startsAgain = ({ kind }: Edit): boolean => kind === "restart" || kind === "rebuild";

function contentOf(path: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("base64url");
  } catch {
    return "";
  }
}

import { statSync } from "node:fs";
import { relative } from "node:path";
import { type EditEvent, serializeError } from "@drydock/core";
import type { Session } from "../session.ts";
import type { ToldEdit } from "./edit-batch.ts";

/** Tells what becomes of a batch of edits, and how long each part took since the files were saved. */
export class EditReport {
  readonly #session: Session;
  readonly #edits: readonly ToldEdit[];
  readonly #savedAt: number;
  #actedAt: number | undefined;

  /** `seenAt`: when the first change was noticed, in milliseconds. */
  constructor(session: Session, edits: readonly ToldEdit[], seenAt: number) {
    this.#session = session;
    this.#edits = edits;
    this.#savedAt = savedAt(edits, seenAt);
    this.#publish("started");
  }

  /** The files are where they belong, or the services were stopped: what follows is their own start. */
  acted(): void {
    this.#actedAt ??= this.#session.clock.now();
  }

  /** The services answer with what was saved. */
  done(): void {
    this.#publish("done");
  }

  overtaken(): void {
    this.#publish("overtaken");
  }

  failed(error: unknown): void {
    this.#publish("failed", error);
  }

  #publish(phase: EditEvent["phase"], error?: unknown): void {
    const at = this.#session.clock.now();
    const { directory } = this.#session.stack.environment;
    for (const { service, kind: action, changes } of this.#edits) {
      this.#session.publish({
        kind: "edit",
        at,
        service,
        action,
        phase,
        files: changes.map(({ path }) => relative(directory, path)),
        savedAt: this.#savedAt,
        ...(this.#actedAt === undefined ? {} : { actedAt: this.#actedAt }),
        ...(error === undefined ? {} : { error: serializeError(error) }),
      });
    }
  }
}

// A file's own time says when it was saved, unless it was copied with the time of its original.
const believableMs = 3_000;

/** The latest time of the files, where it is believable; else when the change was seen. */
function savedAt(edits: readonly ToldEdit[], seenAt: number): number {
  const times = edits.flatMap(({ changes }) =>
    changes.flatMap(({ path, kind }) =>
      kind === "written" ? (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? []) : [],
    ),
  );
  const latest = Math.max(0, ...times);
  return latest <= seenAt && seenAt - latest < believableMs ? latest : seenAt;
}

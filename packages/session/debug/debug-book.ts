import { rmSync } from "node:fs";
import { join } from "node:path";
import type { EngineKind } from "@drydock/core";
import { type JsonState, jsonState } from "../json-state.ts";
import type { StateFolder } from "../state-folder.ts";

/** How a service is debugged. */
export interface DebugEntry {
  readonly engine: EngineKind;
  /** Of this machine: the first replica's; each other one has the next. */
  readonly port: number;
  readonly replicas: number;
  readonly waits: boolean;
}

/** The services that are debugged, by name. It outlives the supervisor as containers do, and ends with `down`. */
export type DebugBook = Readonly<Record<string, DebugEntry>>;

const bookFile = ({ directory }: StateFolder): string => join(directory, "debug.json");

/** The book as it is now. */
export function debugBook(folder: StateFolder): JsonState<DebugBook> {
  return jsonState<DebugBook>(bookFile(folder), {});
}

/** Nothing is debugged any more. */
export function closeDebugBook(folder: StateFolder): void {
  rmSync(bookFile(folder), { force: true });
}

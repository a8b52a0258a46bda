import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Move } from "@drydock/databases";
import writeFileAtomic from "write-file-atomic";
import type { StateFolder } from "../../state-folder.ts";
import type { Branches } from "../branch/branches.ts";

/**
 * An exchange of data that is under way, written before it begins, so that whoever comes after a crash takes it back, or, once the new data has
 * answered, completes it.
 */
export interface ExchangeRecord {
  readonly engine: "docker" | "local";
  /** `restore of before-migration`, for people. */
  readonly title: string;
  /** `preparing`: no folder has moved yet. `exchanging`: all is taken back. `answered`: the new data answers, what is left is removed. */
  readonly phase: "preparing" | "exchanging" | "answered";
  readonly moves: readonly Move[];
  /** Removed when it is taken back: copies that were made for it. */
  readonly made: readonly string[];
  /** Removed when it is complete: what was replaced. */
  readonly replaced: readonly string[];
  /** The servers that it concerns. */
  readonly services: readonly string[];
  /** What is written of branches when it is complete. */
  readonly branches?: Branches;
}

const pathOf = (folder: StateFolder) => join(folder.directory, "data-exchange.json");

/** @throws the file system's error */
export async function writeExchange(folder: StateFolder, record: ExchangeRecord): Promise<void> {
  await writeFileAtomic(pathOf(folder), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

/** The exchange that somebody did not complete; undefined where there is none. */
export async function readExchange(folder: StateFolder): Promise<ExchangeRecord | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(folder), "utf8")) as ExchangeRecord;
  } catch {
    return undefined;
  }
}

/** The exchange is over. @throws the file system's error */
export async function forgetExchange(folder: StateFolder): Promise<void> {
  await rm(pathOf(folder), { force: true });
}

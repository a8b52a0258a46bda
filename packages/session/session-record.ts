import { readFile } from "node:fs/promises";
import type { EngineKind } from "@drydock/core";
import writeFileAtomic from "write-file-atomic";

/** Who supervises a project, written before the first service starts, so that whoever comes after a crash knows what to look for. */
export interface SessionRecord {
  /** Marks every local process of this supervisor. */
  readonly sessionId: string;
  readonly supervisorPid: number;
  readonly startedAt: number;
  /** The Compose project name and the engine of the last `up`; undefined before the first. */
  readonly project?: string;
  readonly engine?: EngineKind;
}

/** @throws the file system's error */
export async function writeSessionRecord(path: string, record: SessionRecord): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

/** The last record; undefined where there is none that can be read. */
export async function readSessionRecord(path: string): Promise<SessionRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as SessionRecord;
  } catch {
    return undefined;
  }
}

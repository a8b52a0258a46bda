import { readFile } from "node:fs/promises";
import { type EngineKind, tellingLines } from "@drydock/core";
import writeFileAtomic from "write-file-atomic";
import { isAlive } from "./is-alive.ts";

/** Who supervises a project, written before the first service starts, so that whoever comes after a crash knows what to look for. */
export interface SessionRecord {
  /** Marks every local process of this supervisor. */
  readonly sessionId: string;
  readonly supervisorPid: number;
  readonly startedAt: number;
  /** The Compose project name and the engine of the last `up`; undefined before the first. */
  readonly project?: string;
  readonly engine?: EngineKind;
  /** When it ended as it should; undefined while it runs, and where it was killed, failed, or the machine was restarted. */
  readonly endedAt?: number;
}

/** @throws the file system's error */
export async function writeSessionRecord(path: string, record: SessionRecord): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

const mostWords = 3;

/** Notes that the last supervisor ended as it should. @throws the file system's error */
export async function writeEnd(path: string, at: number): Promise<void> {
  const record = await readSessionRecord(path);
  if (record) await writeSessionRecord(path, { ...record, endedAt: at });
}

/**
 * What the log of a supervisor says that had a stack and is gone without having ended as it should: empty where it was killed. Undefined where it runs,
 * or ended as it should.
 */
export async function lastWordsOf(path: string, log: string): Promise<readonly string[] | undefined> {
  const record = await readSessionRecord(path);
  if (record?.engine === undefined || record.endedAt !== undefined || isAlive(record.supervisorPid)) return undefined;
  const lines = tellingLines((await readFile(log, "utf8").catch(() => "")).split("\n"));
  const error = lines.findIndex((line) => /^\w*Error\b/.test(line));
  return lines.slice(Math.max(0, error)).slice(0, mostWords);
}

/** The last record; undefined where there is none that can be read. */
export async function readSessionRecord(path: string): Promise<SessionRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as SessionRecord;
  } catch {
    return undefined;
  }
}

import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { DevError } from "@drydock/core";
import { diskFull } from "../errors.ts";
import type { Session } from "../session.ts";

/** What was being written when it failed. */
export interface Writing {
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
  /** On this machine; undefined: in a volume of an engine, or elsewhere. */
  readonly folder: string | undefined;
  /** About how much; undefined: nobody knows. */
  readonly bytes: number | undefined;
}

// strerror(3) of ENOSPC and EDQUOT, and what MongoDB, Redis and our own servers make of them.
const fullWords = /ENOSPC|EDQUOT|no space left|quota exceeded|disk .*\bis full|OutOfDiskSpace/i;

/**
 * Where a full disk is why something failed, what a person needs to know of it: the disk, how much was to be written, how much is free now. Undefined where
 * it is not. A server that only says that it could not write is asked by its log.
 */
export async function fullDisk(
  session: Session,
  error: unknown,
  { since, folder, bytes }: Writing,
): Promise<readonly string[] | undefined> {
  const said = fullWords.test(wordsOf(error)) ? undefined : await lineOfLog(session, since);
  if (said === undefined && !fullWords.test(wordsOf(error))) return undefined;
  // A Redis may have all of it in its memory yet.
  const needs = !bytes ? [] : [`About ${sizeText(bytes)} were to be written.`];
  return [...(said === undefined ? [] : [said]), ...needs, ...(await roomAt(folder))];
}

/** For a server whose data is in a folder: what it failed with, or, where the folder's disk is full, that. Never resolves. @throws DevError DISK_FULL, or the error */
export async function orFullDisk(error: unknown, folder: string | undefined): Promise<never> {
  if (folder === undefined || !(error instanceof Error) || !fullWords.test(wordsOf(error))) throw error;
  throw diskFull(folder, await roomAt(folder), error);
}

async function roomAt(folder: string | undefined): Promise<readonly string[]> {
  const free = folder === undefined ? undefined : await freeBytes(folder);
  return free === undefined ? [] : [`${sizeText(free)} are free now at ${folder}.`];
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const evidence = error instanceof DevError ? error.evidence : [];
  return [error.message, ...evidence, ...(error.cause === undefined ? [] : [wordsOf(error.cause)])].join("\n");
}

async function lineOfLog(session: Session, since: number): Promise<string | undefined> {
  const lines = await session.logs.read({ services: [], since, tail: 50, matches: (text) => fullWords.test(text) });
  const last = lines.at(-1);
  return last && `${last.service}: ${last.text.slice(0, 300)}`;
}

/** What this user may still write where a folder is, or will be; undefined where that cannot be asked. */
async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return dirname(folder) === folder ? undefined : freeBytes(dirname(folder));
  }
}

function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

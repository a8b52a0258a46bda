import { posix } from "node:path";
import { copyEmbeddedMongo } from "./copy-embedded-mongo.ts";
import type { DataFiles } from "./data-files.ts";
import { lockMongo, type MongoLock } from "./mongo-lock.ts";
import { addAppendOnly } from "./redis-folder.ts";
import { saveRedis } from "./save-redis.ts";

/** A database whose data is to be copied. */
export interface CaptureSource {
  readonly kind: "mongo" | "redis";
  /** Undefined while it does not run: then its files rest. */
  readonly uri: string | undefined;
  /** It copies its data itself. */
  readonly isEmbedded: boolean;
  /** It goes on when this process ends. */
  readonly isLasting: boolean;
  /** Where its data lies, and where the copy shall lie: a folder that is not there yet. */
  readonly from: string;
  readonly to: string;
}

/** The names of the moments at which a capture can be cut short. */
export type CaptureStep = "locked" | "saved" | "copied";

// What says that a server runs on the folder is not true of a copy.
const leftOut = ["mongod.lock", "WiredTiger.lock", "postmaster.pid"];

/**
 * Copies the data of several servers as it was at one time, each to a folder that its server can start from. Every MongoDB is locked before any Redis is
 * saved: who writes to one and then to the other finds, in the copy too, nothing whose cause is missing. `at` is told of each step.
 * @throws what the servers and the files say; no lock is left
 */
export async function capture(
  files: DataFiles,
  sources: readonly CaptureSource[],
  at: (step: CaptureStep) => void,
  signal: AbortSignal,
): Promise<void> {
  const locks: MongoLock[] = [];
  try {
    for (const { kind, uri, isLasting } of sources)
      if (kind === "mongo" && uri !== undefined) locks.push(await lockMongo(uri, isLasting, signal));
    at("locked");
    await Promise.all(sources.filter(({ kind }) => kind === "redis").map((each) => captureRedis(files, each, signal)));
    at("saved");
    for (const each of sources) if (each.kind === "mongo") await captureMongo(files, each, signal);
    at("copied");
  } finally {
    await Promise.allSettled(locks.map((lock) => lock.release()));
  }
}

async function captureMongo(files: DataFiles, source: CaptureSource, signal: AbortSignal): Promise<void> {
  const { uri, isEmbedded, from, to } = source;
  if (uri !== undefined && isEmbedded) return copyEmbeddedMongo(uri, to);
  await files.copy(from, to, leftOut, signal);
}

async function captureRedis(files: DataFiles, { uri, from, to }: CaptureSource, signal: AbortSignal): Promise<void> {
  if (uri === undefined) return files.copy(from, to, [], signal);
  const { file, appendOnly } = await saveRedis(uri, signal);
  await files.makeFolder(to);
  await files.copy(posix.join(from, file), posix.join(to, file), [], signal);
  if (appendOnly) await addAppendOnly(files, to, file, appendOnly, signal);
}

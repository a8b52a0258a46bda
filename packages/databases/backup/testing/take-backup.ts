import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackupManifest } from "../manifest.ts";
import { type Crypt, decryptWith } from "../parts/encryption.ts";
import type { PartSource } from "../parts/read-part.ts";
import { compareWithBackup, loadBackup } from "../read-backup.ts";
import type { BackupStore } from "../store/backup-store.ts";
import { folderStore } from "../store/folder-store.ts";
import { type BackupOrder, writeBackup } from "../write-backup.ts";

/** Two servers that are backed up or restored into. */
export interface ServerPair {
  readonly mongoUri: string;
  readonly redisUri: string;
}

const { signal } = new AbortController();

/** A place for the backups of a test, in a folder that goes with it. */
export async function temporaryStore(): Promise<{
  readonly folder: string;
  readonly store: BackupStore;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-backup-"));
  return { folder, store: folderStore(folder), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Backs two servers up. @throws what `writeBackup` throws */
export function takeBackup(
  store: BackupStore,
  { mongoUri, redisUri }: ServerPair,
  changes: Partial<BackupOrder> = {},
): Promise<BackupManifest> {
  const order: BackupOrder = {
    id: "20261130T081500Z-test",
    project: "test",
    layout: "directory",
    recipients: [],
    sources: [
      { service: "mongo", kind: "mongo", uri: mongoUri, provider: "a MongoDB", isEmbedded: false },
      { service: "redis", kind: "redis", uri: redisUri, provider: "a Redis", isEmbedded: false },
    ],
    now: () => Date.now(),
    report: () => undefined,
    at: () => undefined,
    ...changes,
  };
  return writeBackup(store, order, signal);
}

/** What a test may want besides. */
export interface BringOptions {
  readonly only?: readonly string[];
  /** A file. */
  readonly identity?: string;
  at?(step: string): void;
}

/** Loads a backup into two servers and compares. `isAside`: they have data. @throws what `loadBackup` and `compareWithBackup` throw */
export async function bringBack(
  store: BackupStore,
  manifest: BackupManifest,
  { mongoUri, redisUri }: ServerPair,
  isAside: boolean,
  options: BringOptions = {},
): Promise<void> {
  const decrypt: Crypt | undefined = options.identity === undefined ? undefined : await decryptWith(options.identity);
  const source: PartSource = { manifest, open: (part) => store.open(manifest.id, part), decrypt };
  const at = (step: string) => options.at?.(step);
  for (const database of manifest.databases) {
    const uri = database.kind === "mongo" ? mongoUri : redisUri;
    const order = { uri, only: options.only ?? [], isAside, report: () => undefined, at, signal };
    await loadBackup(source, database, order);
    await compareWithBackup(source, database, order, "");
  }
}

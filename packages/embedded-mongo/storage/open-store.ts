import { mkdirSync } from "node:fs";
import { type Clock, DevError } from "@drydock/core";
import { formatKey } from "./catalog-keys.ts";
import { folderIsNewer, folderUnusable } from "./errors.ts";
import { FolderLock } from "./folder-lock.ts";
import { LmdbStore } from "./lmdb-store.ts";
import { makeMemoryFolder } from "./memory-folder.ts";
import type { Store } from "./store.ts";
import { Tables } from "./tables.ts";
import { loadTextLanguages } from "./text-language.ts";

export interface StoreOptions {
  /** Where the data lies; undefined for data that are gone at the end. */
  readonly directory: string | undefined;
  /** Keeps a log of changes, for change streams. */
  readonly isReplicaSet: boolean;
  readonly clock: Clock;
  /** Told of what a person should know: leftovers that were removed, a lock that was taken over. */
  readonly log: (message: string) => void;
  /** How many bytes of changes are kept for change streams; 128 MiB when it is not given. */
  readonly changeLogBytes?: number;
  /** From so many documents on, indexes are built beside what others do: 10,000, which take about 30 ms, when it is not given. */
  readonly largeCollection?: number;
}

/** Raised when the layout of tables.ts changes so that an older version would misread it. */
const format = 1;

/** Opens the data. @throws DevError when the folder is of a newer version, taken by another server or not writable */
export async function openStore(options: StoreOptions): Promise<Store> {
  const memory = options.directory === undefined ? makeMemoryFolder(options.log) : undefined;
  const directory = options.directory ?? memory?.directory ?? "";
  let lock: FolderLock | undefined;
  let tables: Tables | undefined;
  try {
    if (!memory) makeFolder(directory);
    lock = FolderLock.take(directory, options.log);
    tables = new Tables(directory, memory === undefined);
    await checkFormat(tables, directory);
    const store = await LmdbStore.start({ ...options, directory, tables, lock, memory });
    if (hasTextIndex(store)) await loadTextLanguages();
    return store;
  } catch (error) {
    await tables?.close();
    lock?.release();
    memory?.remove();
    throw error instanceof DevError ? error : folderUnusable(directory, error);
  }
}

async function checkFormat(tables: Tables, directory: string): Promise<void> {
  const found = tables.get("catalog", formatKey)?.readDoubleLE(0);
  if (found !== undefined && found > format) throw folderIsNewer(directory, found, format);
  if (found !== undefined) return;
  const value = Buffer.alloc(8);
  value.writeDoubleLE(format);
  await tables.transaction(() => tables.put("catalog", formatKey, value));
}

/** On a read-only disk `recursive` alone says that there is "no such file or directory" (Node 20 to 24). */
function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    mkdirSync(directory);
  }
}

function hasTextIndex(store: Store): boolean {
  const snapshot = store.snapshot();
  try {
    const collections = snapshot.databases().flatMap((database) => snapshot.collections(database));
    return collections.some(({ indexes }) => indexes.some(({ key }) => key.some(([, kind]) => kind === "text")));
  } finally {
    snapshot.close();
  }
}

import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a snapshot is, in the file `manifest.json` of its folder, which is written last: a folder without it is none. */
export interface SnapshotManifest {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601 with the zone: UTC. */
  readonly createdAt: string;
  /** Milliseconds that it took. */
  readonly tookMs: number;
  readonly engine: "docker" | "local";
  readonly bytes: number;
  readonly parts: readonly SnapshotPart[];
  /** The branch of the data that it was taken from. */
  readonly dataBranch?: string;
  readonly gitBranch?: string;
  readonly gitCommit?: string;
  /** The dataset that was seeded. */
  readonly dataset?: string;
  /** What the data was made from, as a hash, for whoever would otherwise make it again: seeding saved it by itself. */
  readonly key?: string;
  readonly seed?: SnapshotSeed;
}

/** What a seeding made, in a snapshot that was saved right after it. */
export interface SnapshotSeed {
  readonly seed: number;
  /** Milliseconds since the epoch: the dataset's present. */
  readonly now: number;
  /** How long making it took. */
  readonly madeMs: number;
  readonly steps: readonly { readonly kind: "collection" | "keys"; readonly name: string; readonly count: number }[];
  /** ISO 8601: from then on so much of a key's life is over that it is made anew; undefined where none expires. */
  readonly freshUntil?: string;
}

/** The data of one server: a folder that the server can start from. */
export interface SnapshotPart {
  readonly service: string;
  readonly kind: "mongo" | "redis";
  /** `embedded MongoDB`, `mongod on PATH`, `image mongo:8`: only the same kind of server reads it. */
  readonly provider: string;
  readonly bytes: number;
}

const fileName = "manifest.json";

/** Every snapshot of a folder that is whole, the oldest first. @throws nothing; what cannot be read is none */
export async function readSnapshots(folder: string): Promise<readonly SnapshotManifest[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.filter((name) => !name.startsWith(".")).map((name) => readOne(folder, name)));
  return found
    .flatMap((each) => (each === undefined ? [] : [each]))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
}

/** Writes the manifest, whole or not at all. @throws the file system's error */
export async function writeManifest(folder: string, manifest: SnapshotManifest): Promise<void> {
  const target = join(folder, manifest.id);
  await mkdir(target, { recursive: true });
  const draft = join(target, `${fileName}.draft`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(draft, join(target, fileName));
}

/** From now on there is no such snapshot; its data is the caller's to remove. @throws the file system's error */
export async function removeManifest(folder: string, id: string): Promise<void> {
  await rm(join(folder, id, fileName), { force: true });
  await rmdir(join(folder, id)).catch(() => undefined); // where its data lies in it, too
}

async function readOne(folder: string, name: string): Promise<SnapshotManifest | undefined> {
  try {
    const read = JSON.parse(await readFile(join(folder, name, fileName), "utf8")) as SnapshotManifest;
    return read.version === 1 && read.id === name && Array.isArray(read.parts) ? read : undefined;
  } catch {
    return undefined;
  }
}

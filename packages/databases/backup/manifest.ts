/** The version of the layout below: a backup of a greater one is refused, never guessed at. */
export const backupFormat = 1;

/** What a backup is, in the file `manifest.json` of its folder: written last, so that a folder without it is none. */
export interface BackupManifest {
  readonly format: number;
  /** Begins with its time in UTC, so that names sort by age: `20261130T081500Z-shop`. */
  readonly id: string;
  readonly project: string;
  /** ISO 8601 with the zone: UTC. */
  readonly createdAt: string;
  /** Milliseconds that it took. */
  readonly tookMs: number;
  /** Of MongoDB's parts: mongodump's folder of files, or its archive in one file. */
  readonly layout: BackupLayout;
  /** Who can read the parts; undefined where everybody can. */
  readonly encryption?: { readonly method: "age"; readonly recipients: readonly string[] };
  readonly dataBranch?: string;
  readonly gitBranch?: string;
  readonly gitCommit?: string;
  readonly databases: readonly BackedUpDatabase[];
  readonly parts: readonly BackupPart[];
  /** Bytes of all parts. */
  readonly bytes: number;
}

export type BackupLayout = "directory" | "archive";

/** One file of a backup, as it is stored: compressed and encrypted. */
export interface BackupPart {
  /** Relative, with slashes: `mongo/shop/orders.bson.gz`. */
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The data of one server. */
export type BackedUpDatabase = BackedUpMongo | BackedUpRedis;

interface BackedUpServer {
  readonly service: string;
  /** What ran it: `embedded MongoDB`, `image mongo:8`. */
  readonly provider: string;
  readonly version: string;
  /** `moment`: all of it is of one point in time. `sequence`: it was read one after the other while others may have written. */
  readonly consistency: "moment" | "sequence";
  /** The same in a sentence. */
  readonly consistencyDetail: string;
}

export interface BackedUpMongo extends BackedUpServer {
  readonly kind: "mongo";
  readonly collections: readonly CollectionFacts[];
}

/** What a collection holds, so that a copy can be compared with it. */
export interface CollectionFacts {
  readonly database: string;
  readonly name: string;
  readonly type: "collection" | "view" | "timeseries";
  readonly documents: number;
  /** The sum of the documents' hashes: the same documents in any order have the same. See `ContentSum`. */
  readonly sum: string;
  /** Each as text, without what a server adds by itself. */
  readonly indexes: readonly string[];
}

export interface BackedUpRedis extends BackedUpServer {
  readonly kind: "redis";
  readonly keyspaces: readonly KeyspaceFacts[];
}

/** What a Redis database holds. Keys that expire may be gone in a copy; the others may not. */
export interface KeyspaceFacts {
  readonly number: number;
  readonly keys: number;
  readonly expiring: number;
  /** Of the keys that do not expire, by name and type. */
  readonly sum: string;
}

/** When a backup was last restored into a server of its own and compared: in `verified.json` beside the manifest. */
export interface VerifyRecord {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly ok: boolean;
  /** Where: `embedded MongoDB, embedded Redis`; or what was wrong. */
  readonly detail: string;
}

/** A backup as it is found at its place. */
export interface ListedBackup {
  readonly id: string;
  /** Undefined: it cannot be used, and `problem` says why. */
  readonly manifest: BackupManifest | undefined;
  readonly problem?: string;
  readonly verified?: VerifyRecord;
}

/** The documents and keys of a backup. */
export function countOf({ databases }: BackupManifest): { readonly documents: number; readonly keys: number } {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    documents: sum(
      databases.flatMap((each) => (each.kind === "mongo" ? each.collections.map(({ documents }) => documents) : [])),
    ),
    keys: sum(databases.flatMap((each) => (each.kind === "redis" ? each.keyspaces.map(({ keys }) => keys) : []))),
  };
}

/** Reads a manifest's text; in `problem` why it is none that can be used. Never throws. */
export function readManifest(id: string, text: string): ListedBackup {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { id, manifest: undefined, problem: "its manifest.json is damaged" };
  }
  if (!hasFormat(read)) return { id, manifest: undefined, problem: "its manifest.json is no manifest of a backup" };
  if (read.format > backupFormat) {
    const problem = `it has format ${read.format}, and this drydock reads ${backupFormat}: a newer drydock made it`;
    return { id, manifest: undefined, problem };
  }
  // Written by `writeBackup`, in this form; what it names is checked part by part when it is read.
  const manifest = read as unknown as BackupManifest;
  if (manifest.id !== id || !Array.isArray(manifest.parts) || !Array.isArray(manifest.databases))
    return { id, manifest: undefined, problem: "its manifest.json is of another backup" };
  return { id, manifest };
}

function hasFormat(read: unknown): read is { readonly format: number } {
  return typeof read === "object" && read !== null && "format" in read && typeof read.format === "number";
}

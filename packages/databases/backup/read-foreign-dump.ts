import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createGunzip } from "node:zlib";
import { ownDatabases } from "../snapshot/compare/mongo-catalog.ts";
import { backupDamaged, noForeignDump } from "./errors.ts";
import { type BackupManifest, backupFormat, type CollectionFacts } from "./manifest.ts";
import type { CollectionMetadata } from "./mongo/collection-metadata.ts";
import { ContentSum } from "./mongo/content-sum.ts";
import { fullName } from "./mongo/dump-piece.ts";
import { factsOf } from "./mongo/mongo-facts.ts";
import { type DumpFile, readDump } from "./mongo/read-dump.ts";
import type { PartSource } from "./parts/read-part.ts";

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The files of what mongodump itself has written: a folder (`dump/`, or that of one database within it), or an archive; compressed or not.
 * @throws the file system's error
 */
export async function dumpFilesOf(path: string): Promise<readonly DumpFile[]> {
  if (!(await stat(path)).isDirectory()) {
    const isCompressed = (await firstBytes(path)).subarray(0, 2).equals(gzipMagic);
    return [{ name: "dump.archive", read: () => content(path, isCompressed) }];
  }
  const files: DumpFile[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const name of await readdir(join(path, entry.name)))
      files.push({
        name: `${entry.name}/${name.replace(/\.gz$/, "")}`,
        read: () => content(join(path, entry.name, name), name.endsWith(".gz")),
      });
  }
  return files;
}

async function* content(path: string, isCompressed: boolean): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  try {
    if (!isCompressed) return yield* file;
    const gunzip = createGunzip();
    file.on("error", (error) => gunzip.destroy(error));
    for await (const chunk of file.pipe(gunzip)) yield chunk;
  } finally {
    file.destroy();
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer;
  } finally {
    await file.close();
  }
}

/**
 * What mongodump itself has written, read as a backup is: all of it is gone through once, so that what is damaged shows before anything is changed, and what was
 * counted is what a copy is compared with. @throws DevError BACKUP_DAMAGED, NO_SUCH_BACKUP
 */
export async function openForeignDump(path: string, service: string): Promise<PartSource> {
  const files = await dumpFilesOf(path).catch(() => []);
  if (!files.some(({ name }) => /\.(?:archive|metadata\.json)$/.test(name))) throw noForeignDump(path);
  const found = new Map<string, { readonly metadata: CollectionMetadata; readonly sum: ContentSum }>();
  try {
    for await (const piece of readDump(files)) {
      const name = fullName(piece.namespace);
      if (piece.kind === "collection") found.set(name, { metadata: piece.metadata, sum: new ContentSum() });
      if (piece.kind === "documents") for (const document of piece.documents) found.get(name)?.sum.add(document);
    }
  } catch (error) {
    throw backupDamaged(path, "the dump", error instanceof Error ? error.message : String(error), error);
  }
  const collections: CollectionFacts[] = [];
  for (const [name, { metadata, sum }] of found) {
    const database = name.slice(0, name.indexOf("."));
    if (!ownDatabases.has(database))
      collections.push(await factsOf({ database, name: metadata.collectionName, metadata }, sum));
  }
  const manifest: BackupManifest = {
    format: backupFormat,
    id: basename(path),
    project: "",
    createdAt: (await stat(path)).mtime.toISOString(),
    tookMs: 0,
    layout: "directory",
    databases: [
      {
        service,
        kind: "mongo",
        provider: "",
        version: "",
        consistency: "sequence",
        consistencyDetail: "a dump of mongodump",
        collections,
      },
    ],
    parts: [],
    bytes: 0,
  };
  const open = () => Promise.reject(new Error("a dump of mongodump has no parts"));
  return { manifest, open, decrypt: undefined, files };
}

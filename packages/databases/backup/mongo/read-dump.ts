import { readArchive } from "./archive-reader.ts";
import { type CollectionMetadata, readMetadata } from "./collection-metadata.ts";
import { type DumpPiece, ownerOf } from "./dump-piece.ts";
import { collectionOf } from "./file-names.ts";
import { BrokenBson, splitBson } from "./split-bson.ts";

/** One file of a dump, read when it is asked for. */
export interface DumpFile {
  /** Below the dump's folder, without the endings of compression and encryption: `shop/orders.bson`. */
  readonly name: string;
  /** Decompressed. */
  read(): AsyncGenerator<Buffer>;
}

/**
 * Reads what mongodump has written, a folder of files or an archive. @throws BrokenBson, SyntaxError for damaged ones, what reading throws
 */
export async function* readDump(files: readonly DumpFile[]): AsyncGenerator<DumpPiece> {
  const archive = files.find(({ name }) => name.endsWith(".archive"));
  if (archive) return yield* readArchive(archive.read());
  const { BSON } = await import("mongodb");
  const data = new Map(files.filter(({ name }) => name.endsWith(".bson")).map((file) => [file.name, file]));
  const described = files.filter(({ name }) => /^[^/]+\/.+\.metadata\.json$/.test(name));
  for (const file of described.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [folder = "", base = ""] = file.name.split("/");
    const stem = base.slice(0, -".metadata.json".length);
    const metadata = readMetadata(await textOf(file), collectionOf(stem), BSON);
    const namespace = { database: decodeURIComponent(folder), name: metadata.collectionName };
    yield { kind: "collection", namespace, metadata };
    const name = `${folder}/${metadata.type === "timeseries" ? `system.buckets.${stem}` : stem}.bson`;
    yield* documentsOf(namespace, data.get(name), metadata);
    data.delete(name);
  }
  // mongodump always writes metadata; a folder without it is of another tool, or damaged.
  for (const [name] of data) throw new BrokenBson(`${name} has no metadata beside it`);
}

async function* documentsOf(
  namespace: DumpPiece["namespace"],
  file: DumpFile | undefined,
  { type }: CollectionMetadata,
): AsyncGenerator<DumpPiece> {
  const owner = ownerOf(namespace);
  if (file)
    for await (const documents of splitBson(file.read())) yield { kind: "documents", namespace: owner, documents };
  else if (type !== "view")
    throw new BrokenBson(`the documents of ${namespace.database}.${namespace.name} are missing`);
  yield { kind: "end", namespace: owner };
}

async function textOf(file: DumpFile): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

import { crc64 } from "../crc64.ts";
import { type Namespace, writeMetadata } from "./collection-metadata.ts";
import type { DumpedCollection } from "./open-dump.ts";

/** The first four bytes of an archive of mongodump (archive.go, `MagicNumber`). */
export const archiveMagic = Buffer.from([0x6d, 0xe2, 0x99, 0x81]);
/** What ends a block. */
export const terminator = Buffer.from([0xff, 0xff, 0xff, 0xff]);
const formatVersion = "0.1";

/**
 * An archive of mongodump as a stream of bytes: the magic number; a block of a header and the metadata of each collection; then for each collection a block of
 * its documents and one that says its end and their CRC-64 (archive.go, parser.go, multiplexer.go of mongo-tools).
 */
export async function* writeArchive(
  collections: readonly DumpedCollection[],
  documents: (collection: DumpedCollection) => AsyncIterable<readonly Buffer[]>,
  versions: { readonly server: string; readonly tool: string },
): AsyncGenerator<Buffer> {
  const { BSON } = await import("mongodb");
  const serialize = (document: object) => Buffer.from(BSON.serialize(document));
  yield archiveMagic;
  yield serialize({
    concurrent_collections: new BSON.Int32(1),
    version: formatVersion,
    server_version: versions.server,
    tool_version: versions.tool,
  });
  for (const { database, name, metadata } of collections) {
    const text = writeMetadata(metadata, BSON);
    yield serialize({ db: database, collection: name, metadata: text, size: new BSON.Int32(0), type: metadata.type });
  }
  yield terminator;
  const header = (namespace: Namespace, isEnd: boolean, crc: bigint) =>
    serialize({
      db: namespace.database,
      collection: namespace.name,
      EOF: isEnd,
      CRC: BSON.Long.fromBigInt(BigInt.asIntN(64, crc)),
    });
  for (const collection of collections) {
    // A view has no documents, and its end all the same: mongorestore waits for it.
    const namespace = { database: collection.database, name: collection.source ?? collection.name };
    const crc = crc64("ecma");
    yield header(namespace, false, 0n);
    for await (const batch of documents(collection)) {
      const bytes = Buffer.concat(batch);
      crc.update(bytes);
      yield bytes;
    }
    yield terminator;
    yield header(namespace, true, crc.value());
    yield terminator;
  }
}

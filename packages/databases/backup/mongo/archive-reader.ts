import { type Crc64, crc64 } from "../crc64.ts";
import { archiveMagic, terminator } from "./archive-writer.ts";
import { type Namespace, readMetadata } from "./collection-metadata.ts";
import { type DumpPiece, fullName, ownerOf } from "./dump-piece.ts";
import { BrokenBson, bytesOf, documentLength } from "./split-bson.ts";

/**
 * Reads an archive of mongodump, whose collections may be mixed. Holds little more than a chunk and a document.
 * @throws BrokenBson for anything that is no whole archive, or where a collection's CRC is another
 */
export async function* readArchive(chunks: AsyncIterable<unknown>): AsyncGenerator<DumpPiece> {
  const { BSON } = await import("mongodb");
  const sums = new Map<string, Crc64>();
  const owners = new Map<string, Namespace>();
  const unfinished = new Set<string>();
  let block: "header" | "prelude" | "namespace" | "documents" = "header";
  let namespace: Namespace | undefined;
  for await (const items of splitArchive(chunks)) {
    let documents: Buffer[] = [];
    const flush = function* (): Generator<DumpPiece> {
      if (namespace && documents.length > 0) yield { kind: "documents", namespace: ownerOf(namespace), documents };
      documents = [];
    };
    for (const item of items) {
      if (item === "end") {
        yield* flush();
        if (block === "header") throw new BrokenBson("it has no header");
        block = "namespace";
        namespace = undefined;
      } else if (block === "documents" && namespace) {
        sums.get(fullName(namespace))?.update(item);
        documents.push(item);
      } else if (block === "header") block = "prelude";
      else {
        const read = BSON.deserialize(item, { promoteLongs: false });
        const found: Namespace = { database: String(read.db), name: String(read.collection) };
        if (block === "prelude") {
          const metadata = readMetadata(String(read.metadata ?? ""), found.name, BSON);
          owners.set(fullName(found), found);
          yield { kind: "collection", namespace: found, metadata };
        } else if (read.EOF === true) {
          const sum = sums.get(fullName(found)) ?? crc64("ecma");
          if (BigInt.asUintN(64, BigInt(String(read.CRC))) !== sum.value())
            throw new BrokenBson(`the checksum of ${fullName(found)} is another`);
          owners.delete(fullName(ownerOf(found)));
          unfinished.delete(fullName(found));
          yield { kind: "end", namespace: ownerOf(found) };
        } else {
          namespace = found;
          block = "documents";
          unfinished.add(fullName(found));
          if (!sums.has(fullName(found))) sums.set(fullName(found), crc64("ecma"));
        }
      }
    }
    yield* flush();
  }
  if (block !== "namespace") throw new BrokenBson("it ends within a block");
  for (const name of unfinished) throw new BrokenBson(`it ends within ${name}`);
  for (const name of owners.keys()) throw new BrokenBson(`it ends before the end of ${name}`);
}

/** Cuts the stream into documents and the ends of blocks. @throws BrokenBson */
async function* splitArchive(chunks: AsyncIterable<unknown>): AsyncGenerator<readonly (Buffer | "end")[]> {
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? bytesOf(chunk) : Buffer.concat([rest, bytesOf(chunk)]);
    const items: (Buffer | "end")[] = [];
    let at = 0;
    while (bytes.length - at >= 4) {
      if (!isBegun) {
        if (!bytes.subarray(0, 4).equals(archiveMagic)) throw new BrokenBson("it does not begin as an archive");
        isBegun = true;
        at += 4;
        continue;
      }
      if (bytes.subarray(at, at + 4).equals(terminator)) {
        items.push("end");
        at += 4;
        continue;
      }
      const length = documentLength(bytes, at);
      if (bytes.length - at < length) break;
      items.push(bytes.subarray(at, at + length));
      at += length;
    }
    rest = bytes.subarray(at);
    if (items.length > 0) yield items;
  }
  if (!isBegun || rest.length > 0) throw new BrokenBson("it ends too early");
}

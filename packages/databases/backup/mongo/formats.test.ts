import { BSON } from "mongodb";
import { describe, expect, it, test } from "vitest";
import { readArchive } from "./archive-reader.ts";
import { writeArchive } from "./archive-writer.ts";
import { indexText, indexToMake, readMetadata, writeMetadata } from "./collection-metadata.ts";
import { ContentSum } from "./content-sum.ts";
import type { DumpPiece } from "./dump-piece.ts";
import { collectionOf, fileNameOf } from "./file-names.ts";
import { splitBson } from "./split-bson.ts";

const documents = Array.from({ length: 30 }, (_, index) =>
  Buffer.from(BSON.serialize({ _id: index, text: "x".repeat(index * 7) })),
);

test("collections have the file names that mongodump gives them", () => {
  for (const name of ["orders", "a/b c", "über+50%", "x(1)!'*", "fs.files", "n".repeat(200)])
    expect(collectionOf(fileNameOf(name)), name).toBe(name);
  expect(fileNameOf("a/b c")).toBe("a%2Fb+c");
  expect(fileNameOf("é".repeat(100))).toMatch(/^[%A-F\d]{208}%24[\w-]{27}$/);
});

test("metadata keeps every type and what mongodump writes", () => {
  const text =
    '{"options":{"capped":true,"size":{"$numberInt":"4096"},"validator":{"n":{"$gt":{"$numberDouble":"1.0"}}}},"indexes":[{"v":{"$numberInt":"2"},"key":{"_id":{"$numberInt":"1"}},"name":"_id_"}],"uuid":"3ce1f8c6","collectionName":"c","type":"collection"}';
  expect(writeMetadata(readMetadata(text, "", BSON), BSON)).toBe(text);
  expect(readMetadata("", "old", BSON)).toEqual({
    options: {},
    indexes: [],
    collectionName: "old",
    type: "collection",
  });
});

test("an index is compared by what it does, and a text index is made of its fields", () => {
  const found = {
    v: 2,
    key: { _fts: "text", _ftsx: 1, at: 1 },
    name: "t",
    weights: { title: 2, body: 1 },
    textIndexVersion: 3,
    unique: false,
  };
  expect(indexText(found, BSON)).toBe(
    '{"key":{"_fts":"text","_ftsx":1,"at":1},"name":"t","weights":{"title":2,"body":1}}',
  );
  expect(indexToMake(found)).toEqual({
    key: { title: "text", body: "text", at: 1 },
    name: "t",
    weights: { title: 2, body: 1 },
    unique: false,
  });
});

test("the sum of documents does not depend on their order, and finds one that is another", () => {
  const sum = (list: readonly Buffer[]) => {
    const all = new ContentSum();
    for (const each of list) all.add(each);
    return all.hex;
  };
  expect(sum(documents)).toBe(sum(documents.toReversed()));
  expect(sum(documents)).not.toBe(sum(documents.slice(1)));
  expect(sum([...documents, ...documents])).not.toBe(sum(documents));
});

describe("documents in a stream", () => {
  it.each([1, 3, 7, 100, 100_000])("come whole out of pieces of %i bytes", async (size) => {
    const found: Buffer[] = [];
    for await (const batch of splitBson(pieces(Buffer.concat(documents), size))) found.push(...batch);
    expect(Buffer.concat(found)).toEqual(Buffer.concat(documents));
    expect(found).toHaveLength(documents.length);
  });

  it("are refused where they end too early, or are none", async () => {
    const bytes = Buffer.concat(documents);
    await expect(drain(splitBson(pieces(bytes.subarray(0, -1), 64)))).rejects.toThrow("ends within a document");
    await expect(drain(splitBson(pieces(Buffer.alloc(64, 0xff), 64)))).rejects.toThrow("cannot have -1 bytes");
  });
});

describe("an archive of mongodump", () => {
  const collection = (name: string) => ({
    database: "shop",
    name,
    source: name === "view" ? undefined : name,
    metadata: {
      options: {},
      indexes: [],
      collectionName: name,
      type: name === "view" ? "view" : "collection",
    } as const,
  });
  const all = ["orders", "empty", "view"].map(collection);
  const archive = async () =>
    Buffer.concat(
      await drain(
        writeArchive(
          all,
          async function* ({ name }) {
            if (name === "orders") yield documents;
          },
          { server: "8.0.4", tool: "100.12.0" },
        ),
      ),
    );

  it("is read back in any pieces", async () => {
    for (const size of [1, 50, 100_000]) {
      const found = await drain(readArchive(pieces(await archive(), size)));
      expect(outline(found)).toEqual([
        "collection orders",
        "collection empty",
        "collection view",
        "30 of orders",
        "end orders",
        "end empty",
        "end view",
      ]);
    }
  });

  it("is refused where it is cut, changed, or something else", async () => {
    const bytes = await archive();
    for (const end of [3, 40, bytes.length - 200, bytes.length - 1])
      await expect(drain(readArchive(pieces(bytes.subarray(0, end), 64))), `cut at ${end}`).rejects.toThrow();
    const changed = Buffer.from(bytes);
    changed.write("y", bytes.lastIndexOf("xxxx"));
    await expect(drain(readArchive(pieces(changed, 64)))).rejects.toThrow("checksum of shop.orders");
    await expect(drain(readArchive(pieces(Buffer.from("hello world"), 64)))).rejects.toThrow(
      "does not begin as an archive",
    );
  });
});

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function drain<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Neighbours of a kind count together. */
function outline(found: readonly DumpPiece[]): readonly string[] {
  const lines: string[] = [];
  let count = 0;
  for (const [index, piece] of found.entries()) {
    const { name } = piece.namespace;
    if (piece.kind !== "documents") lines.push(`${piece.kind} ${name}`);
    else {
      count += piece.documents.length;
      if (found[index + 1]?.kind !== "documents") lines.push(`${count} of ${name}`);
    }
  }
  return lines;
}

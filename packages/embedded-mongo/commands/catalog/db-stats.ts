import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { wholeNumber } from "../../run/collection-statistics.ts";
import type { Reader } from "../../storage/store.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { scaleOf } from "./scale.ts";

/** Counts and sizes of a database. */
export const dbStats: Command = {
  name: "dbStats",
  aliases: ["dbstats"],
  access: "inspect",
  fields: ["scale", "freeStorage"],
  help: "Tells counts and sizes of a database.",
  async run(context, request) {
    const { database } = context;
    const scale = scaleOf(request, "dbStats");
    const sum = totals(context.reader(), database);
    const disk = await statfs(tmpdir());
    const total = disk.blocks * disk.bsize;
    return Document.from([
      ["db", database],
      ["collections", wholeNumber(sum.collections)],
      ["views", wholeNumber(sum.views)],
      ["objects", wholeNumber(sum.objects)],
      ["avgObjSize", sum.objects > 0 ? sum.bytes / sum.objects : 0],
      ["dataSize", sum.bytes / scale],
      ["storageSize", sum.bytes / scale],
      ["indexes", wholeNumber(sum.indexes)],
      ["indexSize", sum.indexBytes / scale],
      ["totalSize", (sum.bytes + sum.indexBytes) / scale],
      ["scaleFactor", wholeNumber(scale)],
      ["fsUsedSize", (total - disk.bfree * disk.bsize) / scale],
      ["fsTotalSize", total / scale],
      ["ok", 1],
    ]);
  },
};

function totals(reader: Reader, database: string) {
  const sum = { collections: 0, views: 0, objects: 0, bytes: 0, indexes: 0, indexBytes: 0 };
  for (const { kind, namespace, indexes } of reader.collections(database)) {
    if (kind === "view") sum.views++;
    const collection = reader.open(namespace);
    if (!collection) continue;
    sum.collections++;
    sum.objects += collection.count();
    sum.bytes += collection.byteSize();
    sum.indexes += indexes.length;
    for (const { name } of indexes) sum.indexBytes += collection.indexSize(name).bytes;
  }
  return sum;
}

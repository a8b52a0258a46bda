import type { Namespace, Reader } from "../storage/store.ts";
import { Document, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";

/** The numbers of `collStats`, in units of `scale` bytes (manual, "collStats"). Zeros where there is no such collection. */
export function collectionStatistics(reader: Reader, namespace: Namespace, scale: number): Document {
  const collection = reader.open(namespace);
  const count = collection?.count() ?? 0;
  const bytes = collection?.byteSize() ?? 0;
  const indexes = (collection?.info.indexes ?? []).map(({ name }) => ({
    name,
    bytes: collection?.indexSize(name).bytes ?? 0,
  }));
  const indexBytes = indexes.reduce((sum, each) => sum + each.bytes, 0);
  const scaled = (value: number): Value => wholeNumber(Math.floor(value / scale));
  const options = collection?.info.options;
  const isCapped = options?.get("capped") === true;
  const fields: (readonly [string, Value])[] = [
    ["ns", `${namespace.database}.${namespace.collection}`],
    ["size", scaled(bytes)],
    ["count", wholeNumber(count)],
    ...(count > 0 ? [["avgObjSize", wholeNumber(Math.floor(bytes / count))] as const] : []),
    ["numOrphanDocs", int32(0)],
    ["storageSize", scaled(bytes)],
    ["freeStorageSize", int32(0)],
    ["capped", isCapped],
  ];
  if (isCapped) {
    fields.push(["max", options?.get("max") ?? int32(0)], ["maxSize", options?.get("size") ?? int32(0)]);
  }
  fields.push(
    ["nindexes", int32(indexes.length)],
    ["indexBuilds", []],
    ["totalIndexSize", scaled(indexBytes)],
    ["totalSize", scaled(bytes + indexBytes)],
    ["indexSizes", Document.from(indexes.map((each) => [each.name, scaled(each.bytes)]))],
    ["scaleFactor", int32(scale)],
  );
  return Document.from(fields);
}

/** A count as the smallest integer type that holds it, as MongoDB's replies do. */
export const wholeNumber = (value: number): Value => (value <= 0x7fff_ffff ? int32(value) : BigInt(value));

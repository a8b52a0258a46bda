import { Document, emptyDocument, type Value } from "../values/document.ts";
import { encodeDocument, isArray } from "../values/encode.ts";
import { BinaryValue, int32 } from "../values/scalars.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import { compileIndexKeys } from "./index-keys.ts";
import { parseIndex } from "./parse-index.ts";
import type { CollectionInfo } from "./store.ts";

/** What is stored of an index. */
export interface StoredIndex {
  readonly number: number;
  readonly specification: Document;
}

/** What is stored of a collection or view. */
export interface StoredCollection {
  readonly number: number;
  readonly uuid: Buffer;
  readonly options: Document;
  readonly indexes: readonly StoredIndex[];
}

export function encodeCollection({ number, uuid, options, indexes }: StoredCollection): Buffer {
  const list = indexes.map((index) =>
    Document.from([
      ["number", index.number],
      ["specification", index.specification],
    ]),
  );
  const fields: [string, Value][] = [
    ["number", number],
    // 4: UUID (BSON specification, binary subtypes).
    ["uuid", new BinaryValue(4, uuid)],
    ["options", options],
    ["indexes", list],
  ];
  return encodeDocument(Document.from(fields));
}

/** The parts of a stored collection. */
export function storedParts(bytes: Buffer): StoredCollection {
  const document = Document.read(bytes);
  const uuid = document.get("uuid");
  const list = document.get("indexes");
  return {
    number: numberOf(document.get("number")),
    uuid: uuid instanceof BinaryValue ? uuid.bytes : Buffer.alloc(16),
    options: documentOf(document.get("options")),
    indexes: (isArray(list) ? list : []).map(documentOf).map((index) => ({
      number: numberOf(index.get("number")),
      specification: documentOf(index.get("specification")),
    })),
  };
}

/** The collection with its indexes ready to make keys. */
export function readCollection(name: string, bytes: Buffer): CatalogEntry {
  const { number, uuid, options, indexes: stored } = storedParts(bytes);
  const dot = name.indexOf(".");
  const namespace = { database: name.slice(0, dot), collection: name.slice(dot + 1) };
  const indexes = stored.map(({ number: place, specification }): CatalogIndex => {
    const info = parseIndex(specification);
    return { number: place, info, keys: compileIndexKeys(info) };
  });
  const info: CollectionInfo = {
    namespace,
    uuid,
    kind: options.has("viewOn") ? "view" : options.has("timeseries") ? "timeseries" : "collection",
    options,
    indexes: indexes.map((index) => index.info),
  };
  return { number, info, indexes, bytes };
}

/** The index that every collection has; in a time series an `_id` may occur more than once (manual, "Time Series Collections", Behavior). */
export function idIndex(options: Document): Document {
  const collation = options.get("collation");
  return Document.from([
    ["v", int32(2)],
    ["key", Document.from([["_id", int32(1)]])],
    ["name", "_id_"],
    ...(options.has("timeseries") ? [["unique", false] as const] : []),
    ...(collation instanceof Document ? [["collation", collation] as const] : []),
  ]);
}

const documentOf = (value: Value | undefined): Document => (value instanceof Document ? value : emptyDocument);
const numberOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

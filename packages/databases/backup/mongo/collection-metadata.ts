import type { Document } from "mongodb";

/** What mongodump writes of a collection in `<name>.metadata.json`, in canonical extended JSON (metadata_dump.go, `Metadata`). */
export interface CollectionMetadata {
  /** Of `create`. */
  readonly options: Document;
  /** As listIndexes gives them, `_id_` among them. */
  readonly indexes: readonly Document[];
  /** 32 hexadecimal digits; undefined where the server says none. */
  readonly uuid?: string;
  readonly collectionName: string;
  readonly type: "collection" | "view" | "timeseries";
}

/** A namespace: database and collection. */
export interface Namespace {
  readonly database: string;
  readonly name: string;
}

type Bson = typeof import("mongodb").BSON;

/** The file's text. */
export function writeMetadata(
  { options, indexes, uuid, collectionName, type }: CollectionMetadata,
  bson: Bson,
): string {
  const fields = {
    ...(Object.keys(options).length === 0 ? {} : { options }),
    indexes,
    ...(uuid === undefined ? {} : { uuid }),
    collectionName,
    type,
  };
  return bson.EJSON.stringify(fields, { relaxed: false });
}

/** Reads it; `name` stands in where it says none, as before version 100.4 of the tools. @throws SyntaxError, BSONError */
export function readMetadata(text: string, name: string, bson: Bson): CollectionMetadata {
  const read: unknown = text.trim() === "" ? {} : bson.EJSON.parse(text, { relaxed: false });
  const { options, indexes, uuid, collectionName, type } = isDocument(read) ? read : {};
  const isView = isDocument(options) && typeof options.viewOn === "string";
  return {
    options: isDocument(options) ? options : {},
    indexes: Array.isArray(indexes) ? indexes.filter(isDocument) : [],
    ...(typeof uuid === "string" && uuid !== "" ? { uuid } : {}),
    collectionName: typeof collectionName === "string" && collectionName !== "" ? collectionName : name,
    type: type === "view" || isView ? "view" : type === "timeseries" ? "timeseries" : "collection",
  };
}

const isDocument = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An index without what a server writes into it by itself, so that two servers can be compared. */
export function indexText(index: Document, bson: Bson): string {
  const {
    v: _,
    ns: __,
    background: ___,
    key,
    textIndexVersion: ____,
    "2dsphereIndexVersion": _____,
    storageEngine: ______,
    ...rest
  } = index;
  const options = Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => value !== false)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return bson.EJSON.stringify({ key, ...options }, { relaxed: true });
}

/** What `createIndexes` of any server takes of it, not what is one engine's own (`storageEngine`): a text index names its fields again (manual, Text Indexes: `_fts` is the server's own). */
export function indexToMake(index: Document): Document {
  const { v: _, ns: __, background: ___, storageEngine: ______, key, ...rest } = index;
  if (!isDocument(key) || key._fts === undefined) return { key, ...rest };
  const { textIndexVersion: ____, ...kept } = rest;
  const weights: unknown = kept.weights;
  const fields = isDocument(weights) ? Object.keys(weights) : [];
  const made = Object.entries(key).flatMap(([field, kind]): readonly (readonly [string, unknown])[] => {
    if (field === "_ftsx") return [];
    return field === "_fts" ? fields.map((name) => [name, "text"] as const) : [[field, kind]];
  });
  return { key: Object.fromEntries(made), ...kept };
}

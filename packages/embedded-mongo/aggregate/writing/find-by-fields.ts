import { MongoError } from "../../errors/mongo-error.ts";
import { afterPrefix, encodeKeyPart } from "../../storage/key-encoding.ts";
import type { CollectionInfo, CollectionReader, StoredRecord } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import type { Document, Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { readPath } from "../expressions/field-path.ts";
import { isNullish } from "../expressions/values.ts";

/** The unique index over exactly these fields, by which at most one document has their values. @throws MongoError 51183 when there is none */
export function uniqueIndexOn(info: CollectionInfo | undefined, fields: readonly string[]): string {
  if (fields.length === 1 && fields[0] === "_id") return "_id_";
  const index = info?.indexes.find(
    ({ key, isUnique, partialFilter, collation }) =>
      isUnique &&
      !partialFilter &&
      !collation &&
      key.length === fields.length &&
      key.every(([path]) => fields.includes(path)),
  );
  if (!index) {
    throw new MongoError(51183, "Cannot find index to verify that join fields will be unique");
  }
  return index.name;
}

/** The values that a document is found by. @throws MongoError 51132, 51185 for a missing or an array's */
export function joinValues(document: Document, fields: readonly string[]): readonly Value[] {
  return fields.map((field) => {
    const value = readPath(document, field.split("."));
    if (isArray(value)) {
      throw new MongoError(51185, `$merge write error: 'on' field '${field}' cannot be an array`);
    }
    if (isNullish(value)) {
      throw new MongoError(51132, `$merge write error: 'on' field '${field}' cannot be missing, null or undefined`);
    }
    return value;
  });
}

/** The record with these values in these fields. */
export function findByFields(
  collection: CollectionReader,
  indexName: string,
  fields: readonly string[],
  values: readonly Value[],
): StoredRecord | undefined {
  if (indexName === "_id_") return collection.findId(values[0] ?? null);
  const index = collection.info.indexes.find(({ name }) => name === indexName);
  if (!index) return undefined;
  const wantedAt = (path: string) => values[fields.indexOf(path)] ?? null;
  const from = Buffer.concat(index.key.map(([path, direction]) => encodeKeyPart(wantedAt(path), direction)));
  const range = { from, isFromIncluded: true, to: afterPrefix(from), isToIncluded: false };
  for (const { id } of collection.scanIndex(indexName, range)) {
    const document = collection.get(id);
    // Keys that were cut are no proof.
    const isIt =
      document && fields.every((path) => equalValues(readPath(document, path.split(".")) ?? null, wantedAt(path)));
    if (isIt) return { id, document };
  }
  return undefined;
}

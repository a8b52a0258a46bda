import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";

const idKey = Document.from([["_id", int32(1)]]);

/** `clusteredIndex` of `create` with its defaults (manual, "Clustered Collections"). @throws MongoError TypeMismatch, InvalidIndexSpecificationOption */
export function readClusteredIndex(value: Value): Document {
  if (!(value instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      "BSON field 'create.clusteredIndex' is the wrong type, expected type 'object'",
    );
  if (!equalValues(value.get("key") ?? null, idKey))
    throw refused("The 'clusteredIndex' option is supported for the key { _id: 1 } alone");
  if (value.get("unique") !== true) throw refused("The 'clusteredIndex' option requires 'unique: true'");
  const name = value.get("name") ?? "_id_";
  if (typeof name !== "string" || name === "")
    throw new MongoError("TypeMismatch", "BSON field 'create.clusteredIndex.name' is no name");
  return Document.from([
    ["v", int32(2)],
    ["key", idKey],
    ["name", name],
    ["unique", true],
  ]);
}

const refused = (message: string): MongoError => new MongoError("InvalidIndexSpecificationOption", message);

/** The indexes as clients see them: a clustered one by its own name, and none of `_id` where a time series has none (manual, "listIndexes"). */
export function listedIndexes({ indexes, kind, options }: CollectionInfo): readonly Document[] {
  const clustered = options.get("clusteredIndex");
  const rest = indexes.filter(({ name }) => name !== "_id_").map(({ specification }) => specification);
  if (kind === "timeseries") return rest;
  if (!(clustered instanceof Document)) return indexes.map(({ specification }) => specification);
  return [Document.of(new Map([...clustered.fields(), ["clustered", true]])), ...rest];
}

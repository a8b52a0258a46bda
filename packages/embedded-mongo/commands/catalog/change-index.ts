import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo, IndexInfo, Writer } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { fullName } from "./namespace-of.ts";

/** What `collMod` can change of an index (manual, "collMod", index). */
const changeable = ["expireAfterSeconds", "hidden", "unique", "prepareUnique"] as const;

/** Changes an index's options; returns the fields of the reply that tell them before and after. @throws MongoError IndexNotFound, InvalidOptions */
export function changeIndex(
  writer: Writer,
  info: CollectionInfo,
  change: Document,
): readonly (readonly [string, Value])[] {
  const index = indexMeant(info, change);
  if (!changeable.some((name) => change.has(name))) {
    throw new MongoError("InvalidOptions", "no expireAfterSeconds, hidden, unique, or prepareUnique field");
  }
  const told: (readonly [string, Value])[] = [];
  const fields = new Map(index.specification.fields());
  for (const name of changeable) {
    const value = change.get(name);
    if (value === undefined) continue;
    if (name === "expireAfterSeconds" && !isNumber(value)) {
      throw new MongoError(
        "TypeMismatch",
        "BSON field 'collMod.index.expireAfterSeconds' is the wrong type, expected a number",
      );
    }
    if (name === "hidden" && index.name === "_id_") throw new MongoError("BadValue", "can't hide _id index");
    const before = fields.get(name) ?? (name === "expireAfterSeconds" ? undefined : false);
    if (before !== undefined && equalValues(before, value)) continue;
    if (before !== undefined && name !== "unique") told.push([`${name}_old`, before]);
    told.push([`${name}_new`, value]);
    if (value === false) fields.delete(name);
    else fields.set(name, value);
  }
  if (told.length > 0) writer.modifyIndex(info.namespace, index.name, Document.of(fields));
  return told;
}

function indexMeant({ indexes, namespace }: CollectionInfo, change: Document): IndexInfo {
  const name = change.get("name");
  const key = change.get("keyPattern");
  if ((name === undefined) === (key === undefined)) {
    throw new MongoError("InvalidOptions", "must specify either index name or key pattern");
  }
  const index = indexes.find((each) => (name === undefined ? hasKey(each, key) : each.name === name));
  if (index) return index;
  throw new MongoError(
    "IndexNotFound",
    `cannot find index ${formatValue(name ?? key ?? null)} for ns ${fullName(namespace)}`,
  );
}

function hasKey({ specification }: IndexInfo, wanted: Value | undefined): boolean {
  const key = specification.get("key");
  return key instanceof Document && wanted instanceof Document && equalValues(key, wanted);
}

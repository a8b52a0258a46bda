import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { encodeDocument, isArray } from "../../values/encode.ts";
import { nameEnd, valueSize } from "../../values/layout.ts";
import { bsonUndefined, RegexValue, TimestampValue } from "../../values/scalars.ts";
import { idFirst } from "./id-first.ts";
import { newObjectId } from "./new-object-id.ts";

/** The most bytes of a document (manual, "MongoDB Limits and Thresholds", BSON Document Size). */
export const maxDocumentBytes = 16_777_216;

/**
 * The document as it is stored: with an `_id`, which comes first, and times filled in for empty timestamps (manual, "BSON Types", Timestamps), unless they are
 * to stay empty (manual, `insert`, bypassEmptyTsReplacement: for copies of documents).
 * @throws MongoError BadValue for an `_id` that cannot be one, and for a document that is too large
 */
export function prepareInsert(document: Document, nowMs: number, keepsEmptyTimes = false): Document {
  const size = document.raw ? document.raw.end - document.raw.start : encodeDocument(document).length;
  if (size > maxDocumentBytes) {
    throw new MongoError(
      "BadValue",
      `object to insert too large. size in bytes: ${size}, max size: ${maxDocumentBytes}`,
    );
  }
  const id = document.get("_id");
  if (id !== undefined) checkId(id);
  if (document.raw && (keepsEmptyTimes || !hasTimestamp(document)))
    return startsWithId(document) ? document : idFirst(document.raw, () => newObjectId(nowMs));
  const fields = new Map<string, Value>([["_id", id === undefined ? newObjectId(nowMs) : id]]);
  for (const [name, value] of document.fields()) if (name !== "_id") fields.set(name, stamped(value, nowMs));
  return Document.read(encodeDocument(Document.of(fields)));
}

/** @throws MongoError BadValue, DollarPrefixedFieldName */
function checkId(id: Value): void {
  if (isArray(id)) throw new MongoError("BadValue", "can't use an array for _id");
  if (id instanceof RegexValue) throw new MongoError("BadValue", "can't use a regex for _id");
  if (id === bsonUndefined) throw new MongoError("BadValue", "can't use a undefined for _id");
  if (id instanceof Document) {
    const bad = [...id.fields().keys()].find((name) => name.startsWith("$"));
    if (bad !== undefined) {
      throw new MongoError(
        "DollarPrefixedFieldName",
        `_id fields may not contain '$'-prefixed fields: ${bad} is not valid for storage.`,
      );
    }
  }
}

let latest = 0;

function stamped(value: Value, nowMs: number): Value {
  if (!(value instanceof TimestampValue) || value.seconds !== 0 || value.increment !== 0) return value;
  latest++;
  return new TimestampValue(Math.floor(nowMs / 1000), latest);
}

function hasTimestamp({ raw }: Document): boolean {
  if (!raw) return true;
  const { bytes, start, end } = raw;
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] ?? 0;
    if (type === 0x11) return true;
    const from = nameEnd(bytes, at + 1) + 1;
    at = from + valueSize(bytes, type, from);
  }
  return false;
}

/** Looks at the bytes: asking for the first field's name would decode them all. */
function startsWithId({ raw }: Document): boolean {
  if (!raw) return false;
  const { bytes, start } = raw;
  return bytes[start + 5] === 0x5f && bytes[start + 6] === 0x69 && bytes[start + 7] === 0x64 && bytes[start + 8] === 0;
}

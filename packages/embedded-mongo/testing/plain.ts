import { BSON, type Document as Plain } from "mongodb";
import { Document, type Value } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";

// Between a driver's objects, which tests are written with, and our values. Numbers become what the driver makes of them: integers that fit
// 32 bits are ints, others doubles; `BSON.Long`, `BSON.Double` and `BSON.Decimal128` say another type.

/** A driver's document as ours. */
export const fromPlain = (plain: Plain): Document =>
  Document.read(Buffer.from(BSON.serialize(plain, { ignoreUndefined: false })));

/** A driver's value as ours. */
export const valueFromPlain = (plain: unknown): Value => fromPlain({ value: plain }).get("value") ?? null;

/** Ours in canonical Extended JSON, in which types and the order of fields can be seen. */
export function toExtendedJson(document: Document): string {
  const plain = BSON.deserialize(encodeDocument(document), { promoteValues: false, bsonRegExp: true });
  return BSON.EJSON.stringify(plain, { relaxed: false });
}

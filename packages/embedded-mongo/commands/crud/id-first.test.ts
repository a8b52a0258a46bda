import { BSON, ObjectId } from "mongodb";
import { expect, test } from "vitest";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import { prepareInsert } from "./prepare-insert.ts";

const prepared = (bytes: Uint8Array): Buffer => encodeDocument(prepareInsert(Document.read(Buffer.from(bytes)), 0));

test("an _id behind other fields comes first, and the others keep their order", () => {
  const bytes = BSON.serialize({ a: 1, _id: "x", b: { _id: 2 }, c: [1, "y"] });
  expect(prepared(bytes)).toEqual(Buffer.from(BSON.serialize({ _id: "x", a: 1, b: { _id: 2 }, c: [1, "y"] })));
});

test("a document without an _id is given one", () => {
  const made = BSON.deserialize(prepared(BSON.serialize({ a: 1, b: "z" })));
  expect(Object.keys(made)).toEqual(["_id", "a", "b"]);
  expect(made).toMatchObject({ _id: expect.any(ObjectId), a: 1, b: "z" });
});

test("a text that is no UTF-8 stays what it was", () => {
  const bytes = Buffer.from(BSON.serialize({ text: "??", _id: 1 }));
  const at = bytes.indexOf("??");
  bytes.set([0xc3, 0x01], at);
  expect(prepared(bytes).includes(Buffer.from([0xc3, 0x01]))).toBe(true);
});

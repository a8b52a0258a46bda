import { Document, type RawDocument } from "../../values/document.ts";
import { findName, nameEnd, valueSize } from "../../values/layout.ts";
import type { ObjectIdValue } from "../../values/scalars.ts";

const name = Buffer.from("_id");
const objectIdType = 0x07;

/**
 * The document with its `_id` in front, or a new one when it has none. Everything else is copied as it lies there: a text that is no UTF-8 stays
 * what it was, and nothing is decoded.
 */
export function idFirst({ bytes, start, end }: RawDocument, newId: () => ObjectIdValue): Document {
  const from = findName(bytes, start, end, name);
  const id = from < 0 ? fieldOf(newId()) : bytes.subarray(from, fieldEnd(bytes, from));
  const until = from < 0 ? start + 4 : from;
  const before = bytes.subarray(start + 4, until);
  const behind = bytes.subarray(from < 0 ? until : until + id.length, end);
  const made = Buffer.allocUnsafeSlow(4 + id.length + before.length + behind.length);
  made.writeInt32LE(made.length, 0);
  id.copy(made, 4);
  before.copy(made, 4 + id.length);
  behind.copy(made, 4 + id.length + before.length);
  return Document.read(made);
}

function fieldOf({ id }: ObjectIdValue): Buffer {
  return Buffer.concat([Buffer.from([objectIdType]), name, Buffer.from([0]), id]);
}

function fieldEnd(bytes: Buffer, at: number): number {
  const value = nameEnd(bytes, at + 1) + 1;
  return value + valueSize(bytes, bytes[at] ?? 0, value);
}

import { createHash } from "node:crypto";
import { isNumber } from "../values/compare-numbers.ts";
import { Document, ScopedCode, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import {
  BinaryValue,
  bsonUndefined,
  CodeValue,
  DateValue,
  DbPointerValue,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";
import { KeySink } from "./key-sink.ts";
import { writeNumberKey } from "./number-key.ts";
import type { IndexDirection } from "./store.ts";

/** What an index with a collation writes in place of a string: the same for strings that are equal. */
export interface StringKeys {
  key(text: string): Buffer | string;
}

/**
 * The bytes of one field of an index key. `Buffer.compare` of two of them is `compareValues` of the values (turned round for -1), and they are
 * equal exactly when the values are equal to a query; none begins with another one. A missing field is null, an empty array that is indexed element
 * by element is `emptyArrayKey` (both as in MongoDB). With a collation, strings sort by its keys. For "hashed" it is the value's hash that is encoded;
 * for the other special indexes it is a part as it is given.
 */
export function encodeKeyPart(value: Value | undefined, direction: IndexDirection, strings?: StringKeys): Buffer {
  // Hashing encodes too: with the same sink, it comes first.
  const part = direction === "hashed" ? hashOfValue(value, strings) : value;
  sink.length = 0;
  writeKeyPart(sink, part, direction === "hashed" ? 1 : direction, strings);
  return sink.take();
}

const sink = new KeySink();

/** The same, written behind what a sink has. */
export function writeKeyPart(
  to: KeySink,
  value: Value | undefined,
  direction: IndexDirection,
  strings?: StringKeys,
): void {
  const start = to.length;
  writeTyped(to, direction === "hashed" ? hashOfValue(value, strings) : (value ?? null), strings);
  if (direction === -1) to.invert(start);
}

/** What a hashed index has in place of the value: equal for values that are equal to a query. Not MongoDB's own numbers. */
function hashOfValue(value: Value | undefined, strings?: StringKeys): bigint {
  return createHash("md5")
    .update(encodeKeyPart(value, 1, strings))
    .digest()
    .readBigInt64LE(0);
}

// Between 1 and 254 for every rank, so that zero ends a list of values in both directions.
const rankOffset = 17;

function writeTyped(to: KeySink, value: Value, strings: StringKeys | undefined): void {
  to.byte(typeOf(value).rank + rankOffset);
  writePayload(to, value, strings);
}

function writePayload(to: KeySink, value: Value, strings: StringKeys | undefined): void {
  if (typeof value === "string") to.terminated(strings ? strings.key(value) : value);
  else if (isNumber(value)) writeNumberKey(to, value);
  else if (value instanceof ObjectIdValue) to.raw(value.id);
  else if (value instanceof Document) writeFields(to, value, strings);
  else if (isArray(value)) writeItems(to, value, strings);
  else if (typeof value === "boolean") to.byte(Number(value));
  else if (value instanceof DateValue) to.double(value.ms);
  else writeRare(to, value, strings);
}

/** By types, then names, then values; the shorter one first (as `compareValues` does). */
function writeFields(to: KeySink, document: Document, strings: StringKeys | undefined): void {
  for (const [name, value] of document.fields()) {
    to.byte(typeOf(value).rank + rankOffset);
    to.terminated(name);
    writePayload(to, value, strings);
  }
  to.byte(0);
}

function writeItems(to: KeySink, items: readonly Value[], strings: StringKeys | undefined): void {
  for (const item of items) writeTyped(to, item, strings);
  to.byte(0);
}

function writeRare(to: KeySink, value: Value, strings: StringKeys | undefined): void {
  if (value instanceof BinaryValue) {
    to.uint32(value.bytes.length);
    to.byte(value.subtype);
    to.raw(value.bytes);
  } else if (value instanceof TimestampValue) {
    to.uint32(value.seconds);
    to.uint32(value.increment);
  } else if (value instanceof SymbolValue) {
    to.terminated(strings ? strings.key(value.text) : value.text);
  } else if (value instanceof RegexValue) {
    to.terminated(value.pattern);
    to.terminated(value.options);
  } else if (value instanceof CodeValue) {
    to.terminated(value.code);
  } else if (value instanceof ScopedCode) {
    to.terminated(value.source);
    writeFields(to, value.scope, strings);
  } else if (value instanceof DbPointerValue) {
    to.terminated(value.namespace);
    to.raw(value.pointer);
  }
  // Null, undefined, MinKey and MaxKey are their types alone.
}

/** What an empty array is indexed as. */
export const emptyArrayKey: Value = bsonUndefined;

/** The least bytes that are greater than all that begin with these; undefined when there are none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const next = Buffer.from(prefix.subarray(0, length));
  next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

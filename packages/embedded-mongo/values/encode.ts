import { Decimal, writeDecimal } from "./decimal.ts";
import { Document, ScopedCode, type Value } from "./document.ts";
import {
  BinaryValue,
  bsonUndefined,
  CodeValue,
  DateValue,
  DbPointerValue,
  Int32,
  minKey,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "./scalars.ts";

/** The BSON bytes of a document; those that it was read from, when there are any. The result must not be changed. */
export function encodeDocument(document: Document): Buffer {
  const { raw } = document;
  if (raw) return raw.start === 0 && raw.end === raw.bytes.length ? raw.bytes : raw.bytes.subarray(raw.start, raw.end);
  const sink = new Sink();
  writeDocument(sink, document);
  return sink.take();
}

/** Grows as it is written. One is kept between documents, so that most need one allocation only. */
class Sink {
  bytes: Buffer = spare ?? Buffer.allocUnsafe(16_384);
  at = 0;
  constructor() {
    spare = undefined;
  }

  reserve(count: number): number {
    const { at } = this;
    const end = at + count;
    if (end > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(end, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, at);
      this.bytes = grown;
    }
    this.at = end;
    return at;
  }

  // `bytes` is another buffer once `reserve` has grown it: so it is read behind.
  writeByte(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }

  writeBytes(value: Buffer): void {
    const at = this.reserve(value.length);
    value.copy(this.bytes, at);
  }

  take(): Buffer {
    const result = Buffer.allocUnsafeSlow(this.at);
    this.bytes.copy(result, 0, 0, this.at);
    if (this.bytes.length <= 1_048_576) spare = this.bytes;
    return result;
  }
}

let spare: Buffer | undefined;

function writeDocument(sink: Sink, document: Document): void {
  const { raw } = document;
  if (raw) {
    const at = sink.reserve(raw.end - raw.start);
    raw.bytes.copy(sink.bytes, at, raw.start, raw.end);
    return;
  }
  const start = sink.reserve(4);
  for (const [name, value] of document.fields()) writeElement(sink, name, value);
  sink.writeByte(0);
  sink.bytes.writeInt32LE(sink.at - start, start);
}

function writeArray(sink: Sink, items: readonly Value[]): void {
  const start = sink.reserve(4);
  for (let index = 0; index < items.length; index++) writeElement(sink, String(index), items[index] ?? null);
  sink.writeByte(0);
  sink.bytes.writeInt32LE(sink.at - start, start);
}

function writeElement(sink: Sink, name: string, value: Value): void {
  const at = sink.reserve(1);
  writeCString(sink, name);
  const type = writeValue(sink, value);
  sink.bytes[at] = type;
}

/** Writes the value and returns its type. */
function writeValue(sink: Sink, value: Value): number {
  switch (typeof value) {
    case "number":
      sink.reserve(8);
      sink.bytes.writeDoubleLE(value, sink.at - 8);
      return 0x01;
    case "string":
      writeString(sink, value);
      return 0x02;
    case "boolean":
      sink.writeByte(value ? 1 : 0);
      return 0x08;
    case "bigint":
      sink.reserve(8);
      sink.bytes.writeBigInt64LE(value, sink.at - 8);
      return 0x12;
    default:
      return value === null ? 0x0a : writeObject(sink, value);
  }
}

function writeObject(sink: Sink, value: Exclude<Value, null | number | string | boolean | bigint>): number {
  if (value instanceof Int32) {
    sink.reserve(4);
    sink.bytes.writeInt32LE(value.value, sink.at - 4);
    return 0x10;
  }
  if (value instanceof Document) {
    writeDocument(sink, value);
    return 0x03;
  }
  if (isArray(value)) {
    writeArray(sink, value);
    return 0x04;
  }
  if (value instanceof ObjectIdValue) {
    sink.writeBytes(value.id);
    return 0x07;
  }
  if (value instanceof DateValue) {
    sink.reserve(8);
    sink.bytes.writeBigInt64LE(BigInt(value.ms), sink.at - 8);
    return 0x09;
  }
  return writeRare(sink, value);
}

function writeRare(sink: Sink, value: RareValue): number {
  if (value instanceof BinaryValue) return writeBinary(sink, value);
  if (value instanceof Decimal) {
    sink.reserve(16);
    writeDecimal(value, sink.bytes, sink.at - 16);
    return 0x13;
  }
  if (value instanceof TimestampValue) {
    sink.reserve(8);
    sink.bytes.writeUInt32LE(value.increment, sink.at - 8);
    sink.bytes.writeUInt32LE(value.seconds, sink.at - 4);
    return 0x11;
  }
  if (value instanceof RegexValue) {
    writeCString(sink, value.pattern);
    writeCString(sink, value.options);
    return 0x0b;
  }
  if (value instanceof CodeValue) {
    writeString(sink, value.code);
    return 0x0d;
  }
  if (value instanceof SymbolValue) {
    writeString(sink, value.text);
    return 0x0e;
  }
  if (value instanceof ScopedCode) {
    const start = sink.reserve(4);
    writeString(sink, value.source);
    writeDocument(sink, value.scope);
    sink.bytes.writeInt32LE(sink.at - start, start);
    return 0x0f;
  }
  if (value instanceof DbPointerValue) {
    writeString(sink, value.namespace);
    sink.writeBytes(value.pointer);
    return 0x0c;
  }
  if (value === bsonUndefined) return 0x06;
  return value === minKey ? 0xff : 0x7f;
}

type RareValue = Exclude<
  Value,
  null | number | string | boolean | bigint | Int32 | Document | readonly Value[] | ObjectIdValue | DateValue
>;

// `Array.isArray` does not narrow readonly arrays.
export const isArray = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

function writeBinary(sink: Sink, { subtype, bytes }: BinaryValue): number {
  const isOld = subtype === 2;
  const at = sink.reserve(5 + (isOld ? 4 : 0) + bytes.length);
  sink.bytes.writeInt32LE(bytes.length + (isOld ? 4 : 0), at);
  sink.bytes[at + 4] = subtype;
  if (isOld) sink.bytes.writeInt32LE(bytes.length, at + 5);
  bytes.copy(sink.bytes, at + (isOld ? 9 : 5));
  return 0x05;
}

function writeString(sink: Sink, text: string): void {
  const start = sink.reserve(4);
  writeText(sink, text);
  sink.writeByte(0);
  sink.bytes.writeInt32LE(sink.at - start - 4, start);
}

function writeCString(sink: Sink, text: string): void {
  writeText(sink, text);
  sink.writeByte(0);
}

function writeText(sink: Sink, text: string): void {
  const at = sink.reserve(text.length * 3);
  sink.at = at + sink.bytes.write(text, at, "utf8");
}

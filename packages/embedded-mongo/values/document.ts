import { readDecimal } from "./decimal.ts";
import { findName, nameEnd, valueSize } from "./layout.ts";
import {
  BinaryValue,
  bsonUndefined,
  CodeValue,
  DateValue,
  DbPointerValue,
  int32,
  maxKey,
  minKey,
  ObjectIdValue,
  RegexValue,
  type Scalar,
  SymbolValue,
  TimestampValue,
} from "./scalars.ts";

/** Everything that a field can hold. A field that is not there is `undefined`, which is no `Value`. */
export type Value = Scalar | Document | readonly Value[] | ScopedCode;

/** JavaScript source with its variables: the deprecated type 15. */
export class ScopedCode {
  readonly source: string;
  readonly scope: Document;
  constructor(source: string, scope: Document) {
    this.source = source;
    this.scope = scope;
  }
}

/**
 * A BSON document that never changes. One that was read keeps its bytes and decodes a field when it is asked for; one that was
 * made keeps its fields. Fields have an order, which is part of the value. Where a name occurs twice, the first one counts.
 */
export class Document {
  readonly #raw: RawDocument | undefined;
  #fields: ReadonlyMap<string, Value> | undefined;

  private constructor(raw: RawDocument | undefined, fields: ReadonlyMap<string, Value> | undefined) {
    this.#raw = raw;
    this.#fields = fields;
  }

  /** A document that lies at `offset` of bytes that were checked with `checkDocument`, or that we wrote. The bytes must not change. */
  static read(bytes: Buffer, offset = 0): Document {
    return new Document({ bytes, start: offset, end: offset + bytes.readInt32LE(offset) }, undefined);
  }

  /** A document of these fields in this order. The map must not change afterwards. */
  static of(fields: ReadonlyMap<string, Value>): Document {
    return new Document(undefined, fields);
  }

  /** The same from pairs, for literals: `Document.from([["ok", 1]])`. */
  static from(entries: Iterable<readonly [string, Value]>): Document {
    return new Document(undefined, new Map(entries));
  }

  /** Where its bytes lie, when it has bytes. */
  get raw(): RawDocument | undefined {
    return this.#raw;
  }

  /** Whether its fields are decoded already: reading one of them then costs less than looking through the bytes. */
  get isDecoded(): boolean {
    return this.#fields !== undefined;
  }

  /** The value of a field. Decodes that field alone. */
  get(name: string): Value | undefined {
    if (this.#fields || !this.#raw) return this.fields().get(name);
    const at = findField(this.#raw, name);
    return at < 0 ? undefined : this.#readAt(this.#raw.bytes, at);
  }

  has(name: string): boolean {
    return this.#fields || !this.#raw ? this.fields().has(name) : findField(this.#raw, name) >= 0;
  }

  /** All fields in their order; decoded once, nested documents still lazily. */
  fields(): ReadonlyMap<string, Value> {
    this.#fields ??= this.#raw ? readFields(this.#raw) : new Map();
    return this.#fields;
  }

  get size(): number {
    return this.fields().size;
  }

  /** Its first field's name: the operator or the command. */
  get firstName(): string | undefined {
    const [first] = this.fields().keys();
    return first;
  }

  #readAt(bytes: Buffer, at: number): Value {
    return readValue(bytes, bytes[at] ?? 0, nameEnd(bytes, at + 1) + 1);
  }
}

/** A document inside a buffer: from its length to behind its closing zero. */
export interface RawDocument {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export const emptyDocument: Document = Document.of(new Map());

/** The offset of the field's type byte, or -1. */
const findField = ({ bytes, start, end }: RawDocument, name: string): number =>
  findName(bytes, start, end, bytesOf(name));

function bytesOf(name: string): Buffer {
  const known = nameBytes.get(name);
  if (known) return known;
  const made = Buffer.from(name);
  if (nameBytes.size >= 4096) nameBytes.clear();
  nameBytes.set(name, made);
  return made;
}

// The same few names are asked for again and again.
const nameBytes = new Map<string, Buffer>();

function readFields({ bytes, start, end }: RawDocument): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] ?? 0;
    const until = nameEnd(bytes, at + 1);
    const name = bytes.toString("utf8", at + 1, until);
    if (!fields.has(name)) fields.set(name, readValue(bytes, type, until + 1));
    at = until + 1 + valueSize(bytes, type, until + 1);
  }
  return fields;
}

function readArray(bytes: Buffer, start: number): readonly Value[] {
  const items: Value[] = [];
  const end = start + bytes.readInt32LE(start);
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] ?? 0;
    const from = nameEnd(bytes, at + 1) + 1;
    items.push(readValue(bytes, type, from));
    at = from + valueSize(bytes, type, from);
  }
  return items;
}

const readString = (bytes: Buffer, at: number): string =>
  bytes.toString("utf8", at + 4, at + 3 + bytes.readInt32LE(at));

/** Decodes one value; nested documents stay bytes. */
export function readValue(bytes: Buffer, type: number, at: number): Value {
  switch (type) {
    case 0x01:
      return bytes.readDoubleLE(at);
    case 0x02:
      return readString(bytes, at);
    case 0x03:
      return Document.read(bytes, at);
    case 0x04:
      return readArray(bytes, at);
    case 0x05:
      return readBinary(bytes, at);
    case 0x06:
      return bsonUndefined;
    case 0x07:
      return new ObjectIdValue(bytes.subarray(at, at + 12));
    case 0x08:
      return bytes[at] === 1;
    case 0x09:
      return new DateValue(Number(bytes.readBigInt64LE(at)));
    case 0x0a:
      return null;
    case 0x0b: {
      const until = nameEnd(bytes, at);
      return new RegexValue(
        bytes.toString("utf8", at, until),
        bytes.toString("utf8", until + 1, nameEnd(bytes, until + 1)),
      );
    }
    case 0x0c: {
      const id = at + 4 + bytes.readInt32LE(at);
      return new DbPointerValue(readString(bytes, at), bytes.subarray(id, id + 12));
    }
    case 0x0d:
      return new CodeValue(readString(bytes, at));
    case 0x0e:
      return new SymbolValue(readString(bytes, at));
    case 0x0f:
      return new ScopedCode(readString(bytes, at + 4), Document.read(bytes, at + 8 + bytes.readInt32LE(at + 4)));
    case 0x10:
      return int32(bytes.readInt32LE(at));
    case 0x11:
      return new TimestampValue(bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at));
    case 0x12:
      return bytes.readBigInt64LE(at);
    case 0x13:
      return readDecimal(bytes, at);
    case 0xff:
      return minKey;
    default:
      return maxKey;
  }
}

function readBinary(bytes: Buffer, at: number): BinaryValue {
  const length = bytes.readInt32LE(at);
  const subtype = bytes[at + 4] ?? 0;
  // The deprecated subtype 2 has its length a second time.
  const start = subtype === 2 ? at + 9 : at + 5;
  return new BinaryValue(subtype, bytes.subarray(start, at + 5 + length));
}

// No class has the fields of another one and more: TypeScript tells classes apart by their fields.
// Values of BSON types that JavaScript has no type of its own for (bsonspec.org, version 1.1). Each class is one type; none of them changes.

import type { Decimal } from "./decimal.ts";

/** A 32-bit integer. A `number` is always a double, a `bigint` always a 64-bit integer. */
export class Int32 {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const smallest = -128;
const small: readonly Int32[] = Array.from({ length: 1280 }, (_, index) => new Int32(index + smallest));

/** The integer as a value; small ones are shared. `value` must be an integer of 32 bits. */
export const int32 = (value: number): Int32 => small[value - smallest] ?? new Int32(value);

/** `id` has 12 bytes. */
export class ObjectIdValue {
  readonly id: Buffer;
  constructor(id: Buffer) {
    this.id = id;
  }
}

/** Milliseconds since 1970, UTC; whole. Kept as a double: exact over all dates that JavaScript knows. */
export class DateValue {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** MongoDB's internal time: seconds since 1970 and an ordinal within the second, both unsigned 32 bits. */
export class TimestampValue {
  readonly seconds: number;
  readonly increment: number;
  constructor(seconds: number, increment: number) {
    this.seconds = seconds;
    this.increment = increment;
  }
}

/** Bytes with a subtype (0 generic, 4 UUID, ...). */
export class BinaryValue {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

/** A regular expression as it is stored: PCRE's pattern and options in alphabetical order. */
export class RegexValue {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
  }
}

/** JavaScript source without a scope. */
export class CodeValue {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** The deprecated type 14. */
export class SymbolValue {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The deprecated type 12. */
export class DbPointerValue {
  readonly namespace: string;
  readonly pointer: Buffer;
  constructor(namespace: string, pointer: Buffer) {
    this.namespace = namespace;
    this.pointer = pointer;
  }
}

/** A type without content: there is one value of each. */
export class Marker {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export const minKey: Marker = new Marker("minKey");
export const maxKey: Marker = new Marker("maxKey");
/** The deprecated BSON type 6; a field that is not there is JavaScript's `undefined` instead. */
export const bsonUndefined: Marker = new Marker("undefined");

/** All values that contain no other value. */
export type Scalar =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal
  | ObjectIdValue
  | DateValue
  | TimestampValue
  | BinaryValue
  | RegexValue
  | CodeValue
  | SymbolValue
  | DbPointerValue
  | Marker;

import { HashValue } from "../../keyspace/hash-value.ts";
import { ListValue } from "../../keyspace/list-value.ts";
import { SetValue } from "../../keyspace/set-value.ts";
import { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { StringValue } from "../../keyspace/string-value.ts";
import type { RedisValue } from "../../keyspace/value.ts";
import { type ByteReader, MalformedBytes } from "../byte-reader.ts";
import { readIntset } from "./intset.ts";
import { readListpack } from "./listpack.ts";
import { valueType } from "./rdb-format.ts";
import { readLength, readString } from "./rdb-string.ts";
import { readStream } from "./read-stream.ts";
import { readZiplist } from "./ziplist.ts";
import { readZipmap } from "./zipmap.ts";

type ReadValue = (reader: ByteReader) => RedisValue;

const readers: Readonly<Record<number, ReadValue>> = {
  [valueType.string]: (reader) => new StringValue(readString(reader)),
  [valueType.list]: (reader) => ListValue.of(strings(reader, readLength(reader))),
  [valueType.listZiplist]: (reader) => ListValue.of(readZiplist(readString(reader))),
  [valueType.listQuicklist]: (reader) => ListValue.of(quicklist(reader)),
  [valueType.listQuicklist2]: (reader) => ListValue.of(quicklist2(reader)),
  [valueType.set]: (reader) => SetValue.of(strings(reader, readLength(reader))),
  [valueType.setIntset]: (reader) => SetValue.of(readIntset(readString(reader))),
  [valueType.setListpack]: (reader) => SetValue.of(readListpack(readString(reader))),
  [valueType.hash]: (reader) => hashOf(strings(reader, 2 * readLength(reader))),
  [valueType.hashZipmap]: (reader) => hashOf(readZipmap(readString(reader))),
  [valueType.hashZiplist]: (reader) => hashOf(readZiplist(readString(reader))),
  [valueType.hashListpack]: (reader) => hashOf(readListpack(readString(reader))),
  [valueType.hashExpiry]: (reader) => expiringHash(reader, Number(reader.uint64le())),
  [valueType.hashExpiryPreview]: (reader) => expiringHash(reader, 1),
  [valueType.hashExpiryListpack]: (reader) => {
    reader.uint64le(); // The earliest expiry, which the fields say as well.
    return expiringListpack(reader);
  },
  [valueType.hashExpiryListpackPreview]: (reader) => expiringListpack(reader),
  [valueType.sortedSet]: (reader) => sortedSet(reader, () => reader.doubleLe()),
  [valueType.sortedSetText]: (reader) => sortedSet(reader, () => textScore(reader)),
  [valueType.sortedSetZiplist]: (reader) => sortedSetOf(readZiplist(readString(reader))),
  [valueType.sortedSetListpack]: (reader) => sortedSetOf(readListpack(readString(reader))),
  [valueType.stream]: (reader) => readStream(reader, 1),
  [valueType.stream2]: (reader) => readStream(reader, 2),
  [valueType.stream3]: (reader) => readStream(reader, 3),
};

/** Reads a value of that type. @throws MalformedBytes for broken ones, unknown types, and values of modules */
export function readValue(reader: ByteReader, type: number): RedisValue {
  const read = readers[type];
  if (read !== undefined) return read(reader);
  if (type === valueType.module || type === valueType.modulePreview) {
    throw new MalformedBytes(
      `a value of the module "${readModuleName(reader)}"; this server has no modules`,
      reader.offset,
    );
  }
  throw new MalformedBytes(`unknown type of value ${type}`, reader.offset);
}

const moduleNameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The name of a module type: nine letters of 6 bits in the upper 54 bits of its id ("Redis modules API", native types). */
export function readModuleName(reader: ByteReader): string {
  reader.byte();
  let bits = reader.uint64be() >> 10n;
  let name = "";
  for (let i = 0; i < 9; i++) {
    name = moduleNameLetters.charAt(Number(bits & 63n)) + name;
    bits >>= 6n;
  }
  return name;
}

function* strings(reader: ByteReader, count: number): Generator<string> {
  for (let left = count; left > 0; left--) yield readString(reader);
}

function* quicklist(reader: ByteReader): Generator<string> {
  for (let left = readLength(reader); left > 0; left--) yield* readZiplist(readString(reader));
}

function* quicklist2(reader: ByteReader): Generator<string> {
  for (let left = readLength(reader); left > 0; left--) {
    const isPlain = readLength(reader) === 1;
    const node = readString(reader);
    if (isPlain) yield node;
    else yield* readListpack(node);
  }
}

function hashOf(pairs: Iterator<string>): HashValue {
  const hash = new HashValue();
  for (let field = pairs.next(); field.done !== true; field = pairs.next()) hash.set(field.value, second(pairs));
  return hash;
}

/** Redis writes expiries relative to the earliest one, plus one; 0 means none. */
function expiringHash(reader: ByteReader, earliest: number): HashValue {
  const hash = new HashValue();
  for (let left = readLength(reader); left > 0; left--) {
    const expiry = readLength(reader);
    const field = readString(reader);
    hash.set(field, readString(reader));
    if (expiry !== 0) hash.setExpiry(field, expiry + earliest - 1);
  }
  return hash;
}

function expiringListpack(reader: ByteReader): HashValue {
  const hash = new HashValue();
  const triples = readListpack(readString(reader));
  for (let field = triples.next(); field.done !== true; field = triples.next()) {
    hash.set(field.value, second(triples));
    const expiresAt = Number(second(triples));
    if (expiresAt !== 0) hash.setExpiry(field.value, expiresAt);
  }
  return hash;
}

function sortedSet(reader: ByteReader, readScore: () => number): SortedSetValue {
  const set = new SortedSetValue();
  for (let left = readLength(reader); left > 0; left--) {
    const member = readString(reader);
    set.set(member, readScore());
  }
  return set;
}

function sortedSetOf(pairs: Iterator<string>): SortedSetValue {
  const set = new SortedSetValue();
  for (let member = pairs.next(); member.done !== true; member = pairs.next()) {
    set.set(member.value, parseScore(second(pairs)));
  }
  return set;
}

function second(pairs: Iterator<string>): string {
  const { value, done } = pairs.next();
  if (done === true) throw new MalformedBytes("a pair has no second element", 0);
  return value;
}

function textScore(reader: ByteReader): number {
  const length = reader.byte();
  if (length === 255) return Number.NEGATIVE_INFINITY;
  if (length === 254) return Number.POSITIVE_INFINITY;
  if (length === 253) throw new MalformedBytes("a score that is not a number", reader.offset);
  return parseScore(reader.bytes(length));
}

function parseScore(text: string): number {
  if (/^[+-]?inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const score = Number(text);
  if (Number.isNaN(score)) throw new MalformedBytes("a score that is not a number", 0);
  return score;
}

import { describe, expect, test } from "vitest";
import type { RedisValue } from "../../keyspace/value.ts";
import { ByteReader } from "../byte-reader.ts";
import { expandLzf } from "./lzf.ts";
import { valueType } from "./rdb-format.ts";
import { readValue } from "./read-value.ts";

/** Bytes from numbers and texts. */
const bytes = (...parts: readonly (number | string)[]): string =>
  parts.map((part) => (typeof part === "number" ? String.fromCharCode(part) : part)).join("");

/** A string as RDB has it, with a length of 14 bits. */
const string = (text: string): string => bytes(0x40 | (text.length >> 8), text.length & 255, text);

const uint32 = (value: number): string => bytes(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);

/** A ziplist of entries that are already encoded; previous lengths are for walking backwards only. */
const ziplist = (...entries: readonly string[]): string => {
  const body = entries.map((entry) => bytes(0, entry)).join("");
  return `${uint32(body.length + 11)}${uint32(10)}${bytes(entries.length, 0)}${body}\xff`;
};

function read(type: number, payload: string): RedisValue {
  const reader = ByteReader.of(payload);
  const value = readValue(reader, type);
  expect(reader.isAtEnd).toBe(true);
  return value;
}

function contents(value: RedisValue): unknown {
  if (value.kind === "hash") return [...value.entries()].map((entry) => [entry.key, entry.value, entry.expiresAt]);
  if (value.kind === "string" || value.kind === "stream") return value;
  return [...value];
}

describe("Encodings that Redis no longer writes", () => {
  test("a ziplist holds strings and integers of every width", () => {
    const entries = [
      bytes(3, "abc"),
      bytes(0x40, 2, "hi"),
      bytes(0x80, 0, 0, 0, 1, "x"),
      bytes(0xc0, 0xfe, 0xff),
      bytes(0xf0, 0, 0, 0x80),
      bytes(0xd0, 0, 0, 0, 0x80),
      bytes(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80),
      bytes(0xfe, 0x80),
      bytes(0xf1),
      bytes(0xfd),
    ];
    const expected = ["abc", "hi", "x", "-2", "-8388608", "-2147483648", "-9223372036854775808", "-128", "0", "12"];
    expect(contents(read(valueType.listZiplist, string(ziplist(...entries))))).toEqual(expected);
  });

  test("a quicklist of ziplists is one list", () => {
    const payload = bytes(2, string(ziplist(bytes(1, "a"), bytes(1, "b"))), string(ziplist(bytes(1, "c"))));
    expect(contents(read(valueType.listQuicklist, payload))).toEqual(["a", "b", "c"]);
  });

  test("hashes and sorted sets in ziplists", () => {
    const pairs = ziplist(bytes(1, "f"), bytes(0xf3), bytes(1, "g"), bytes(3, "1.5"));
    expect(contents(read(valueType.hashZiplist, string(pairs)))).toEqual([
      ["f", "2", 0],
      ["g", "1.5", 0],
    ]);
    expect(contents(read(valueType.sortedSetZiplist, string(pairs)))).toEqual([
      ["g", 1.5],
      ["f", 2],
    ]);
  });

  test("a zipmap, with unused bytes behind a value", () => {
    const zipmap = bytes(2, 3, "foo", 3, 0, "bar", 1, "k", 2, 1, "vv\0", 0xff);
    expect(contents(read(valueType.hashZipmap, string(zipmap)))).toEqual([
      ["foo", "bar", 0],
      ["k", "vv", 0],
    ]);
  });

  test("sorted sets with scores as text", () => {
    const payload = bytes(3, string("a"), 3, "1.5", string("b"), 254, string("c"), 255);
    expect(contents(read(valueType.sortedSetText, payload))).toEqual([
      ["c", Number.NEGATIVE_INFINITY],
      ["a", 1.5],
      ["b", Number.POSITIVE_INFINITY],
    ]);
  });
});

describe("Encodings of Redis 7.2 and 7.4", () => {
  const listpack = (...entries: readonly string[]): string => {
    const body = entries.map((entry) => bytes(entry, entry.length)).join("");
    return `${uint32(body.length + 7)}${bytes(entries.length, 0)}${body}\xff`;
  };
  const text = (word: string): string => bytes(0x80 | word.length, word);
  const time = bytes(0xf4, 0x00, 0x10, 0xa5, 0xd4, 0xe8, 0, 0, 0);
  const timeMs = 0xe8d4a51000;

  test("a set in a listpack", () => {
    expect(contents(read(valueType.setListpack, string(listpack(text("a"), bytes(5)))))).toEqual(["a", "5"]);
  });

  test("a hash with expiries in a listpack, final and preview", () => {
    const pack = string(listpack(text("f"), text("v"), bytes(0), text("g"), text("w"), time));
    const expected = [
      ["f", "v", 0],
      ["g", "w", timeMs],
    ];
    expect(contents(read(valueType.hashExpiryListpackPreview, pack))).toEqual(expected);
    expect(contents(read(valueType.hashExpiryListpack, `${bytes(0, 0x10, 0xa5, 0xd4, 0xe8, 0, 0, 0)}${pack}`))).toEqual(
      expected,
    );
  });

  test("a hash with expiries relative to the earliest", () => {
    const payload = bytes(
      0,
      0x10,
      0xa5,
      0xd4,
      0xe8,
      0,
      0,
      0,
      3,
      1,
      string("a"),
      string("1"),
      0,
      string("b"),
      string("2"),
      11,
      string("c"),
      string("3"),
    );
    expect(contents(read(valueType.hashExpiry, payload))).toEqual([
      ["a", "1", timeMs],
      ["b", "2", 0],
      ["c", "3", timeMs + 10],
    ]);
  });
});

describe("What cannot be read", () => {
  test("a value of a module is refused by the module's name", () => {
    // "ReJSON-RL" with encoding version 3, the id of RedisJSON's type.
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let id = 0n;
    for (const letter of "ReJSON-RL") id = (id << 6n) | BigInt(letters.indexOf(letter));
    const encoded = Buffer.alloc(8);
    encoded.writeBigUInt64BE((id << 10n) | 3n);
    expect(() => read(valueType.module, bytes(0x81, encoded.toString("latin1")))).toThrow('the module "ReJSON-RL"');
  });

  test("unknown types, early ends and impossible lengths are refused", () => {
    expect(() => read(99, "")).toThrow("unknown type of value 99");
    expect(() => read(valueType.string, bytes(5, "abc"))).toThrow("unexpected end");
    expect(() => read(valueType.string, bytes(0x80, 0xff, 0xff, 0xff, 0xff, "abc"))).toThrow("unexpected end");
    expect(() => expandLzf(bytes(0, "a"), 1_000_000)).toThrow("impossible length");
    expect(() => expandLzf(bytes(0x20, 5), 3)).toThrow("broken compressed string");
  });

  test("LZF repeats what came before", () => {
    expect(expandLzf(bytes(2, "abc", 0xe0, 0, 2, 0, "d"), 13)).toBe("abcabcabcabcd");
  });
});

import { BSON, type Document as Plain } from "mongodb";
import { expect, test } from "vitest";
import { checkDocument } from "./check-document.ts";
import { compareBytes, compareValues } from "./compare.ts";
import { formatDecimal, parseDecimal } from "./decimal.ts";
import { Document } from "./document.ts";
import { encodeDocument } from "./encode.ts";
import { int32 } from "./scalars.ts";
import { typeOf } from "./types.ts";

const sample: Plain = {
  double: new BSON.Double(1.5),
  text: "größer 日本 \u{1f600}",
  nested: { 1: "integer-like names keep their place", a: [new BSON.Int32(1), { b: null }] },
  bytes: new BSON.Binary(Buffer.from("abc"), 0),
  old: new BSON.Binary(Buffer.from("abcd"), 2),
  id: new BSON.ObjectId(),
  yes: true,
  when: new Date(1_700_000_000_123),
  nothing: null,
  pattern: new BSON.BSONRegExp("^a.*", "im"),
  code: new BSON.Code("return 1"),
  scoped: new BSON.Code("return x", { x: new BSON.Int32(1) }),
  symbol: new BSON.BSONSymbol("s"),
  int: new BSON.Int32(-7),
  stamp: new BSON.Timestamp({ t: 7, i: 9 }),
  long: BSON.Long.fromString("-9223372036854775808"),
  decimal: BSON.Decimal128.fromString("-1.230E+100"),
  least: new BSON.MinKey(),
  most: new BSON.MaxKey(),
};

test("a document of every type keeps its bytes through decoding and encoding", () => {
  const bytes = Buffer.from(BSON.serialize(sample));
  expect(checkDocument(bytes, 0, bytes.length)).toBeUndefined();
  const read = Document.read(bytes);
  const made = Document.of(read.fields());
  expect(made.raw).toBeUndefined();
  expect(encodeDocument(made)).toEqual(bytes);
  expect([...read.fields().values()].map((value) => typeOf(value).alias)).toEqual([
    "double",
    "string",
    "object",
    "binData",
    "binData",
    "objectId",
    "bool",
    "date",
    "null",
    "regex",
    "javascript",
    "javascriptWithScope",
    "symbol",
    "int",
    "timestamp",
    "long",
    "decimal",
    "minKey",
    "maxKey",
  ]);
});

test("a field is found without decoding the others, whatever its name", () => {
  const read = Document.read(Buffer.from(BSON.serialize({ a: 1, größe: "x", ab: { c: true } })));
  expect(read.get("größe")).toBe("x");
  expect(read.get("a")).toEqual(int32(1));
  expect(read.get("b")).toBeUndefined();
  expect(read.has("ab")).toBe(true);
});

test("damaged bytes are refused in words, never read", () => {
  const bytes = Buffer.from(BSON.serialize(sample));
  const refusals = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    for (const value of [0x00, 0x7f, 0xff]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = value;
      const problem = checkDocument(damaged, 0, damaged.length);
      if (problem === undefined) encodeDocument(Document.of(Document.read(damaged).fields()));
      else refusals.add(problem.replace(/\d+/g, "N"));
    }
    expect(checkDocument(bytes, 0, at)).toBeDefined();
  }
  expect(refusals.size).toBeGreaterThan(5);
});

test("numbers of all types compare by their exact values", () => {
  const decimal = (text: string) => parseDecimal(text) ?? null;
  const rising = [
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    decimal("-1E+400"),
    -9223372036854775808n,
    int32(-1),
    decimal("-0.5"),
    0,
    decimal("0.1"),
    // The double is a little more than a tenth.
    0.1,
    int32(1),
    9007199254740992,
    9007199254740993n,
    decimal("9007199254740993.5"),
    decimal("Infinity"),
  ];
  for (const [i, a] of rising.entries()) {
    for (const [j, b] of rising.entries()) expect(Math.sign(compareValues(a, b))).toBe(Math.sign(i - j));
  }
  expect(compareValues(decimal("1.0"), decimal("1.00"))).toBe(0);
  expect(compareValues(decimal("NaN"), Number.NaN)).toBe(0);
  expect([parseDecimal("1.00") ?? null].map((each) => each && formatDecimal(each))).toEqual(["1.00"]);
});

test("strings compare by their UTF-8 bytes", () => {
  const texts = ["", "a", "a\u0000", "aé", "b", "é", "\ue000", "\uffff", "\u{10000}", "\u{1f600}"];
  const sorted = [...texts].reverse().sort(compareBytes);
  expect(sorted).toEqual([...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});

test("a document keeps its bytes wherever the encoder's memory has to grow", () => {
  for (let size = 16_300; size < 16_420; size++) {
    const plain = { text: "x".repeat(size), inner: { list: [true, new BSON.ObjectId(), 1.5, "y"] }, last: null };
    const bytes = Buffer.from(BSON.serialize(plain));
    const fields = new Map(Document.read(bytes).fields());
    const inner = fields.get("inner");
    if (inner instanceof Document) fields.set("inner", Document.of(inner.fields()));
    // The kept memory grows with each document: a larger one takes it away.
    encodeDocument(Document.from([["big", "z".repeat(400_000)]]));
    expect(encodeDocument(Document.of(fields)).equals(bytes)).toBe(true);
  }
});

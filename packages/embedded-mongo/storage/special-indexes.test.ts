import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { Document, type Value } from "../values/document.ts";
import { bsonUndefined, int32 } from "../values/scalars.ts";
import { cellRanges, sphere } from "./geo-cells.ts";
import { geoCells } from "./geo-rows.ts";
import { compileIndexKeys } from "./index-keys.ts";
import { indexedTexts } from "./indexed-texts.ts";
import { encodeKeyPart } from "./key-encoding.ts";
import { parseIndex } from "./parse-index.ts";
import { specialIndex } from "./special-rows.ts";
import { loadTextLanguages } from "./text-language.ts";
import { textScores } from "./text-rows.ts";

beforeAll(loadTextLanguages);

const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));
const index = (key: Record<string, Value>, options: Record<string, Value> = {}) =>
  parseIndex(doc({ key: doc(key), name: "x", ...options }));
const rowsOf = (info: ReturnType<typeof index>, document: Document) => specialIndex(info)?.rowsOf(document).rows;

const nested = doc({ _id: 1, a: 5, b: doc({ c: [1, doc({ d: "x" }), [2, 3]], e: [] }), f: doc({}) });

test("a wildcard index has the path and the value of every field, elements under the array's path", () => {
  expect(rowsOf(index({ "$**": int32(1) }), nested)).toEqual([
    ["a", 5],
    ["b.c", 1],
    ["b.c.d", "x"],
    ["b.c", [2, 3]],
    ["b.e", bsonUndefined],
    ["f", doc({})],
  ]);
  expect(rowsOf(index({ "b.c.$**": int32(1) }), nested)?.map(([path]) => path)).toEqual(["b.c", "b.c.d", "b.c"]);
});

test("a wildcard projection names what is indexed or what is not", () => {
  const paths = (projection: Record<string, Value>) =>
    rowsOf(index({ "$**": int32(1) }, { wildcardProjection: doc(projection) }), nested)?.map(([path]) => path);
  expect(paths({ a: int32(1), "b.e": true })).toEqual(["a", "b.e"]);
  expect(paths({ b: int32(0) })).toEqual(["a", "f"]);
  expect(paths({ _id: int32(1), a: int32(1) })).toEqual(["_id", "a"]);
});

test("a compound wildcard index joins each pair with the other fields", () => {
  const info = index({ a: int32(1), "b.$**": int32(-1) });
  const { keys, isMultikey } = compileIndexKeys(info).keysOf(nested);
  const first = Buffer.concat([encodeKeyPart(5, 1), encodeKeyPart("b.c", 1), encodeKeyPart(1, -1)]);
  expect(keys[0]).toEqual(first);
  expect([keys.length, isMultikey]).toEqual([4, true]);
});

test("a text index has each word once, without stop words, case and accents", () => {
  const info = index({ kind: int32(1), title: "text", "tags.name": "text" }, { weights: doc({ title: int32(3) }) });
  const document = doc({ kind: "k", title: "The Café and the cafe", tags: [doc({ name: "Über uns" })] });
  expect(rowsOf(info, document)).toEqual([
    ["k", "cafe"],
    ["k", "uber"],
    ["k", "un"],
  ]);
  expect(rowsOf(info, doc({ kind: "k" }))).toEqual([]);
});

test("a term's score grows with its share of the field, with repetitions and with the field's weight", () => {
  const info = index({ title: "text", body: "text" }, { weights: doc({ title: int32(10) }) });
  const score = (fields: Record<string, Value>) => textScores(indexedTexts(doc(fields), info)).get("shop");
  expect(score({ body: "shop" })).toBeCloseTo(1.1);
  // What was indexed is the stem, which is not the whole field (manual, "$meta": "coffee" alone scores 1).
  expect(score({ body: "shops" })).toBe(1);
  expect(score({ body: "coffee shop" })).toBeCloseTo(0.75);
  expect(score({ body: "shop coffee shop tea" })).toBeCloseTo(1.5 * 0.75);
  expect(score({ title: "coffee shop", body: "coffee shop" })).toBeCloseTo(8.25);
});

test("words are found by their stems, in the language that the index or a document names", () => {
  const terms = (fields: Record<string, Value>, options: Record<string, Value> = {}) =>
    rowsOf(index({ body: "text" }, options), doc(fields))?.map(([term]) => term);
  expect(terms({ body: "Running dogs don't generously ski the skies" })).toEqual([
    "run",
    "dog",
    "generous",
    "ski",
    "sky",
  ]);
  expect(terms({ body: "l'éléphant des montagnes", language: "fr" })).toEqual(["eleph", "montagn"]);
  expect(terms({ body: "die Häuser", idioma: "German" }, { language_override: "idioma" })).toEqual(["haus"]);
  expect(terms({ body: "the houses" }, { default_language: "none" })).toEqual(["the", "houses"]);
  const nested = index({ "parts.body": "text" }, { default_language: "spanish" });
  const parts = [doc({ body: "las casas" }), doc({ body: "the houses", language: "en" })];
  expect(rowsOf(nested, doc({ parts }))).toEqual([["cas"], ["hous"]]);
  expect(() => terms({ body: "x", language: "klingon" })).toThrow("language override unsupported: klingon");
  expect(() => terms({ body: "x", language: 1 })).toThrow("non-string type");
});

test("hashed indexes refuse arrays and give equal numbers one key", () => {
  const keys = compileIndexKeys(index({ a: "hashed" }));
  expect(keys.keysOf(doc({ a: 1 })).keys).toEqual(keys.keysOf(doc({ a: int32(1) })).keys);
  expect(() => keys.keysOf(doc({ a: [1] }))).toThrow("hashed indexes do not currently support array values");
});

test("every point that lies in a box is found in the ranges of the box, and few others", () => {
  const info = index({ loc: "2dsphere" });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  const latitude = fc.double({ min: -90, max: 90, noNaN: true });
  const property = fc.property(
    longitude,
    latitude,
    longitude,
    latitude,
    fc.double({ min: 0, max: 5, noNaN: true }),
    (x, y, px, py, size) => {
      const box = { west: x, east: Math.min(x + size, 180), south: y, north: Math.min(y + size, 90) };
      const inside = [Math.min(box.east, Math.max(box.west, px)), Math.min(box.north, Math.max(box.south, py))];
      const ranges = cellRanges([box], sphere);
      const isFound = (place: Value) =>
        geoCells(doc({ loc: place }), "loc", info).some((cell) => {
          const key = encodeKeyPart(cell, 1);
          return ranges.some(({ from, to, isToIncluded }) =>
            isToIncluded
              ? from?.equals(key)
              : Buffer.compare(key, from ?? key) >= 0 && (!to || Buffer.compare(key, to) < 0),
          );
        });
      expect(isFound(inside)).toBe(true);
      expect(isFound(doc({ type: "Point", coordinates: inside }))).toBe(true);
      // A line that begins there and goes far away.
      expect(isFound(doc({ type: "LineString", coordinates: [inside, [px, py]] }))).toBe(true);
      // A box at a pole has all longitudes.
      const isFar = Math.abs(y) < 80 && Math.abs(x) < 170 && Math.abs(px - x) > 60 && Math.abs(px - x) < 300;
      if (isFar) expect(isFound([px, py])).toBe(false);
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test("what is no place is refused; what is not there is left out", () => {
  const info = index({ loc: "2dsphere" });
  expect(geoCells(doc({}), "loc", info)).toEqual([]);
  expect(() => geoCells(doc({ loc: doc({ type: "Point", coordinates: [200, 0] }) }), "loc", info)).toThrow(
    "Can't extract geo keys",
  );
  expect(() => geoCells(doc({ loc: [200, 0] }), "loc", index({ loc: "2d" }))).toThrow("point not in interval");
  expect(
    geoCells(
      doc({
        loc: [
          [1, 1],
          [2, 2],
        ],
      }),
      "loc",
      index({ loc: "2d" }),
    ),
  ).toHaveLength(2);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { GeoOperator } from "../match/expression.ts";
import { geoTest } from "../match/geo/geo-test.ts";
import { Document, type Value } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { geoRanges } from "./geo-ranges.ts";
import { geoCells } from "./geo-rows.ts";
import { encodeKeyPart } from "./key-encoding.ts";
import { parseIndex } from "./parse-index.ts";
import type { KeyRange } from "./store.ts";
import { textRanges } from "./text-ranges.ts";

const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));
const shape = (type: string, coordinates: Value) => doc({ type, coordinates });
const index = (kind: string) => parseIndex(doc({ key: doc({ loc: kind }), name: "x" }));

const holds = (range: KeyRange, key: Buffer): boolean =>
  Buffer.compare(key, range.from ?? key) >= 0 &&
  (!range.to || Buffer.compare(key, range.to) < 0 || (range.isToIncluded && key.equals(range.to)));

/** Whether an index scan would come across the place. */
function isFound(kind: string, operator: GeoOperator, argument: Value, place: Value): boolean {
  const keys = geoCells(doc({ loc: place }), "loc", index(kind)).map((cell) => encodeKeyPart(cell, 1));
  const ranges = geoRanges(index(kind), operator, argument);
  return keys.some((key) => ranges.some((range) => holds(range, key)));
}

// Near the poles and the antimeridian as often as elsewhere.
const longitude = fc.oneof(fc.integer({ min: -180, max: 180 }), fc.constantFrom(-180, 179.9, 180, 0));
const latitude = fc.oneof(fc.integer({ min: -90, max: 90 }), fc.constantFrom(-90, 89.9, 90, 0));
const position = fc.tuple(longitude, latitude);
const near = fc
  .tuple(position, fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }))
  .map(([[x, y], dx, dy]) => [Math.max(-180, Math.min(180, x + dx)), Math.max(-90, Math.min(90, y + dy))] as const);
const triangle = fc
  .tuple(position, fc.double({ min: 0.1, max: 60, noNaN: true }))
  .map(
    ([[x, y], size]) =>
      [
        [x, y],
        [Math.min(180, x + size), y],
        [x, Math.min(90, y + size)],
        [x, y],
      ] as const,
  )
  .filter(([a, b, c]) => a[0] !== b[0] && a[1] !== c[1] && Math.abs(a[1]) < 90 && Math.abs(c[1]) < 90);
const place: fc.Arbitrary<Value> = fc.oneof(
  position.map((at): Value => [...at]),
  near.map((at): Value => shape("Point", [...at])),
  fc
    .tuple(position, near)
    .filter(([a, b]) => Math.abs(a[0] - b[0]) < 179 && a.join() !== b.join())
    .map(
      (ends): Value =>
        shape(
          "LineString",
          ends.map((end) => [...end]),
        ),
    ),
  triangle.map((ring): Value => shape("Polygon", [ring.map((corner) => [...corner])])),
);
const meters = fc.constantFrom(1, 1000, 300_000, 3_000_000, 15_000_000);
const query: fc.Arbitrary<readonly [GeoOperator, Value]> = fc.oneof(
  triangle.map(
    (ring) => ["$geoWithin", doc({ $geometry: shape("Polygon", [ring.map((corner) => [...corner])]) })] as const,
  ),
  place.filter((each) => each instanceof Document).map((each) => ["$geoIntersects", doc({ $geometry: each })] as const),
  fc
    .tuple(position, meters)
    .map(([at, distance]) => ["$geoWithin", doc({ $centerSphere: [[...at], distance / 6_378_100] })] as const),
  fc
    .tuple(position, meters)
    .map(([at, distance]) => ["$near", doc({ $geometry: shape("Point", [...at]), $maxDistance: distance })] as const),
  fc
    .tuple(position, meters)
    .map(
      ([at, distance]) => ["$nearSphere", doc({ $nearSphere: [...at], $maxDistance: distance / 6_378_100 })] as const,
    ),
  position.map((at) => ["$near", doc({ $geometry: shape("Point", [...at]) })] as const),
  fc.tuple(position, position).map(([a, b]) => ["$geoWithin", doc({ $box: [[...a], [...b]] })] as const),
);

test("whatever a geographic operator matches lies in the ranges of the index", () => {
  let matches = 0;
  const property = fc.property(query, place, ([operator, argument], at) => {
    if (!geoTest(operator, argument)(at)) return;
    matches++;
    expect(isFound("2dsphere", operator, argument, at) || `${formatValue(argument)} ${formatValue(at)}`).toBe(true);
  });
  fc.assert(property, { numRuns: 4000 });
  expect(matches).toBeGreaterThan(100);
});

test("the same in a plane", () => {
  const flat = fc.oneof(
    fc.tuple(position, position).map(([a, b]): Value => doc({ $box: [[...a], [...b]] })),
    fc
      .tuple(position, fc.integer({ min: 0, max: 50 }))
      .map(([at, radius]): Value => doc({ $center: [[...at], radius] })),
    fc
      .array(position, { minLength: 3, maxLength: 5 })
      .map((corners): Value => doc({ $polygon: corners.map((each) => [...each]) })),
  );
  const property = fc.property(
    flat,
    position.filter(([x]) => x < 180),
    (region, at) => {
      if (!geoTest("$geoWithin", region)([...at])) return;
      expect(isFound("2d", "$geoWithin", region, [...at])).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test("the ranges of a small region leave out what is far away", () => {
  const region = doc({ $centerSphere: [[10, 50], 0.001] });
  expect(isFound("2dsphere", "$geoWithin", region, [10, 50])).toBe(true);
  expect(isFound("2dsphere", "$geoWithin", region, [12, 50])).toBe(false);
  expect(isFound("2dsphere", "$geoWithin", region, [-170, -50])).toBe(false);
});

test("a search for words has one range for each, behind the fields before the texts", () => {
  const prefix = encodeKeyPart("k", 1);
  const ranges = textRanges(["cafe", "tea"], prefix);
  const wanted = ["cafe", "tea"].map((term) => Buffer.concat([prefix, encodeKeyPart(term, 1)]));
  expect(ranges.map(({ from }) => from)).toEqual(wanted);
});

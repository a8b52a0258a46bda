import type { Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { fromPlain, valueFromPlain } from "../../testing/plain.ts";
import { DateValue } from "../../values/scalars.ts";
import { compileMatcher } from "../matcher.ts";
import { parseFilter } from "../parse-filter.ts";
import { nearestDistance, parseNear } from "./near.ts";

const options = { now: new DateValue(0) };
const matches = (filter: Plain, document: Plain) =>
  compileMatcher(parseFilter(fromPlain(filter), options), options).matches(fromPlain(document));

const point = (...coordinates: readonly number[]) => ({ type: "Point", coordinates });
const line = (...coordinates: readonly (readonly number[])[]) => ({ type: "LineString", coordinates });
const polygon = (...coordinates: readonly (readonly (readonly number[])[])[]) => ({ type: "Polygon", coordinates });
const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const within = ($geometry: Plain) => ({ place: { $geoWithin: { $geometry } } });
const meets = ($geometry: Plain) => ({ place: { $geoIntersects: { $geometry } } });
const ringed = polygon(square(0, 10), square(4, 6));

const found: readonly (readonly [string, Plain, unknown])[] = [
  ["a point in an area", within(polygon(square(0, 10))), point(1, 1)],
  ["a legacy pair in an area", within(polygon(square(0, 10))), [1, 1]],
  ["a pair with names", within(polygon(square(0, 10))), { lng: 1, lat: 1 }],
  ["one of several points", within(polygon(square(0, 10))), [point(50, 50), point(1, 1)]],
  ["a corner of the area", within(polygon(square(0, 10))), point(0, 0)],
  ["a ring in either direction", within(polygon([...square(0, 10)].reverse())), point(5, 5)],
  ["a line in an area", within(polygon(square(0, 10))), line([1, 1], [9, 9])],
  ["an area in an area", within(polygon(square(0, 10))), polygon(square(2, 3))],
  [
    "an area over the date line",
    within(
      polygon([
        [170, 0],
        [-170, 0],
        [-170, 10],
        [170, 10],
        [170, 0],
      ]),
    ),
    point(179, 5),
  ],
  [
    "an area at the pole",
    within(
      polygon([
        [0, 80],
        [120, 80],
        [-120, 80],
        [0, 80],
      ]),
    ),
    point(17, 89),
  ],
  ["a line that crosses an area", meets(polygon(square(0, 10))), line([-5, 5], [15, 5])],
  ["lines that cross", meets(line([0, 0], [10, 10])), line([0, 10], [10, 0])],
  ["an area around an area", meets(polygon(square(4, 5))), polygon(square(0, 10))],
  ["a point on a line", meets(line([0, 0], [10, 0])), point(5, 0)],
  [
    "one of a collection",
    meets(polygon(square(0, 1))),
    { type: "GeometryCollection", geometries: [point(50, 50), line([-1, 0.5], [2, 0.5])] },
  ],
  [
    "the great circle, not the parallel",
    meets(line([-60, 60], [60, 60])),
    polygon([
      [-1, 73],
      [1, 73],
      [1, 75],
      [-1, 75],
      [-1, 73],
    ]),
  ],
  [
    "a large area, by its direction",
    within({
      ...polygon([...square(-10, 10)].reverse()),
      crs: { type: "name", properties: { name: "urn:x-mongodb:crs:strictwinding:EPSG:4326" } },
    }),
    point(100, 50),
  ],
  ["a circle on the sphere", { place: { $geoWithin: { $centerSphere: [[0, 0], 0.1] } } }, point(5, 0)],
  [
    "a box",
    {
      place: {
        $geoWithin: {
          $box: [
            [0, 0],
            [5, 5],
          ],
        },
      },
    },
    [5, 5],
  ],
  ["a circle in a plane", { place: { $geoWithin: { $center: [[0, 0], 5] } } }, [3, 4]],
  [
    "a polygon in a plane",
    {
      place: {
        $geoWithin: {
          $polygon: [
            [0, 0],
            [10, 0],
            [0, 10],
          ],
        },
      },
    },
    [2, 2],
  ],
  ["what is near, in metres", { place: { $near: { $geometry: point(0, 0), $maxDistance: 120_000 } } }, point(1, 0)],
  ["what is near, by GeoJSON alone", { place: { $near: point(0, 0), $maxDistance: 120_000 } }, point(1, 0)],
  ["what is near, in radians", { place: { $nearSphere: [0, 0], $maxDistance: 0.02 } }, [1, 0]],
  ["what is near, in a plane", { place: { $near: [0, 0], $maxDistance: 5 } }, [3, 4]],
];

const missed: readonly (readonly [string, Plain, unknown])[] = [
  ["a point in a hole", within(ringed), point(5, 5)],
  ["an area around a hole", within(ringed), polygon(square(3, 7))],
  ["the other side of the sphere", within(polygon(square(0, 10))), point(-175, -5)],
  ["a line that leaves the area", within(polygon(square(0, 10))), line([1, 1], [15, 5])],
  [
    "a shape in a box of the plane",
    {
      place: {
        $geoWithin: {
          $box: [
            [0, 0],
            [5, 5],
          ],
        },
      },
    },
    line([1, 1], [2, 2]),
  ],
  ["what is too far", { place: { $near: { $geometry: point(0, 0), $maxDistance: 100_000 } } }, point(1, 0)],
  ["what is too far, by GeoJSON alone", { place: { $nearSphere: point(0, 0), $maxDistance: 100 } }, point(1, 0)],
  ["what is too near", { place: { $near: { $geometry: point(0, 0), $minDistance: 120_000 } } }, point(1, 0)],
  ["what has no place", within(polygon(square(0, 10))), "here"],
  ["what is out of range", within(polygon(square(0, 10))), point(400, 1)],
];

describe("A geographic condition", () => {
  test.each(found)("finds %s", (_, filter, place) => expect(matches(filter, { place })).toBe(true));
  test.each(missed)("does not find %s", (_, filter, place) => expect(matches(filter, { place })).toBe(false));

  test.each<readonly [Plain, string]>([
    [
      within(
        polygon([
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ]),
      ),
      "Loop is not closed",
    ],
    [within(point(1, 1)), "$within not supported with provided geometry"],
    [meets(point(200, 0)), "Longitude/latitude is out of bounds, lng: 200 lat: 0"],
    [meets({ type: "Nonsense", coordinates: [] }), "unknown GeoJSON type"],
    [{ place: { $near: { $geometry: line([0, 0], [1, 1]) } } }, "$near requires a point"],
  ])("%j is refused: %s", (filter, message) => expect(() => parseFilter(fromPlain(filter), options)).toThrow(message));

  test("tells the distance of the nearest place", () => {
    const near = parseNear("$near", valueFromPlain({ $geometry: point(0, 0) }));
    // A degree of the equator on a sphere of 6378.1 km.
    expect(nearestDistance(fromPlain({ at: [point(5, 0), point(1, 0)] }), "at", near)).toBeCloseTo(111_318.8, 0);
    expect(nearestDistance(fromPlain({ at: line([1, -1], [1, 1]) }), "at", near)).toBeCloseTo(111_318.8, 0);
    expect(nearestDistance(fromPlain({ at: polygon(square(-1, 1)) }), "at", near)).toBe(0);
    expect(nearestDistance(fromPlain({ at: "nowhere" }), "at", near)).toBeUndefined();
  });
});

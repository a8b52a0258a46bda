import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { expect } from "vitest";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { DateValue } from "../values/scalars.ts";
import type { Oracle } from "./oracle.ts";
import { fromPlain } from "./plain.ts";

const options = { now: new DateValue(0) };
type Place = readonly [x: number, y: number];

// Off the whole degrees, so that nothing only touches: an oracle calculates on another figure of the Earth.
const place: fc.Arbitrary<Place> = fc
  .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -400, max: 400 }))
  .map(([x, y]) => [x / 10 + 0.0137, y / 10 + 0.0071]);
const doubles = (places: readonly Place[]) => places.map((each) => each.map((value) => new BSON.Double(value)));

/** A ring around a place, its corners at different distances. */
const ring = fc
  .tuple(
    place,
    fc.integer({ min: 10, max: 200 }),
    fc.array(fc.integer({ min: 30, max: 100 }), { minLength: 3, maxLength: 7 }),
  )
  .map(([[x, y], size, parts]) => {
    const corners = parts.map((part, index): Place => {
      const turn = (index * 2 * Math.PI) / parts.length;
      return [x + (size / 10) * (part / 100) * Math.cos(turn), y + (size / 10) * (part / 100) * Math.sin(turn)];
    });
    return doubles([...corners, ...corners.slice(0, 1)]);
  });

const polygon = ring.map((outer): Plain => ({ type: "Polygon", coordinates: [outer] }));
const shape: fc.Arbitrary<Plain> = fc.oneof(
  place.map((each) => ({ type: "Point", coordinates: doubles([each])[0] })),
  fc
    .array(place, { minLength: 2, maxLength: 4 })
    .map((places) => ({ type: "LineString", coordinates: doubles(places) })),
  polygon,
  fc
    .array(place, { minLength: 1, maxLength: 3 })
    .map((places) => ({ type: "MultiPoint", coordinates: doubles(places) })),
);

/** Looks `runs` times for shapes that meet one or lie in one, here and there. @throws what vitest's `expect` throws where the two differ */
export async function compareShapes(oracle: Oracle, runs: number): Promise<void> {
  const documents = fc.sample(shape, 150).map((at, _id): Plain => ({ _id, at }));
  const collection = oracle.client.db("shapes").collection<Plain>("shapes");
  await collection.deleteMany({});
  await collection.insertMany(documents);
  const ours = documents.map(fromPlain);
  const filters: fc.Arbitrary<Plain> = fc.oneof(
    shape.map(($geometry) => ({ at: { $geoIntersects: { $geometry } } })),
    polygon.map(($geometry) => ({ at: { $geoWithin: { $geometry } } })),
  );
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const theirs = await collection.find(filter, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray();
      const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
      const found = ours.flatMap((document, index) => (matcher.matches(document) ? [index] : []));
      expect({ filter, found }).toEqual({ filter, found: theirs.map(({ _id }) => Number(_id)) });
    }),
    { numRuns: runs },
  );
}

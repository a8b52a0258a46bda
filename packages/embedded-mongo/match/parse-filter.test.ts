import { BSON, type Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { fromPlain } from "../testing/plain.ts";
import { DateValue } from "../values/scalars.ts";
import { parseFilter } from "./parse-filter.ts";

const regex = (pattern: string, options = "") => new BSON.BSONRegExp(pattern, options);

const refused: readonly (readonly [Plain, number, string])[] = [
  [{ $foo: 1 }, 2, "unknown top level operator: $foo"],
  [{ a: { $foo: 1 } }, 2, "unknown operator: $foo"],
  [{ a: { $gt: 1, b: 2 } }, 2, "unknown operator: b"],
  [{ $and: 1 }, 2, "$and must be an array"],
  [{ $or: [] }, 2, "$and/$or/$nor must be a nonempty array"],
  [{ $nor: [1] }, 2, "entries need to be full objects"],
  [{ a: { $in: 1 } }, 2, "$in needs an array"],
  [{ a: { $in: [{ $gt: 1 }] } }, 2, "cannot nest $ under $in"],
  [{ a: { $mod: [0, 1] } }, 2, "divisor cannot be 0"],
  [{ a: { $mod: [1] } }, 2, "malformed mod, not enough elements"],
  [{ a: { $size: -1 } }, 2, "Expected a non-negative number in: $size: -1"],
  [{ a: { $type: "foo" } }, 2, "Unknown type name alias: foo"],
  [{ a: { $type: {} } }, 14, "type must be represented as a number or a string"],
  [{ a: { $type: [] } }, 9, "a must match at least one type"],
  [{ a: { $elemMatch: 1 } }, 2, "$elemMatch needs an Object"],
  [{ a: { $all: 1 } }, 2, "$all needs an array"],
  [{ a: { $not: 1 } }, 2, "$not needs a regex or a document"],
  [{ a: { $options: "i" } }, 2, "$options needs a $regex"],
  [{ a: { $regex: regex("a", "i"), $options: "m" } }, 51075, "options set in both $regex and $options"],
  [{ a: { $regex: "(" } }, 51091, "Regular expression is invalid"],
  [{ a: { $regex: "a", $options: "z" } }, 51108, "invalid flag in regex options: z"],
  [{ a: { $ne: regex("a") } }, 2, "Can't have regex as arg to $ne."],
  [{ $where: "true" }, 2, "$where is not supported"],
  [{ a: { $bitsAllSet: -1 } }, 9, "Expected a non-negative number"],
  [{ $sampleRate: 2 }, 2, "must be in [0, 1]"],
  [{ $text: {} }, 9, "$search is required"],
  [{ a: { $geoWithin: {} } }, 2, "geo query doesn't have any geometry"],
  [{ a: { $geoWithin: { $foo: 1 } } }, 2, "unknown geo specifier: $foo"],
  [{ a: { $near: "x" } }, 2, "invalid point in geo near query $near"],
  [{ a: { $maxDistance: 1 } }, 2, "$maxDistance must be within $near or $nearSphere"],
  [{ $jsonSchema: { foo: 1 } }, 9, "Unknown $jsonSchema keyword: foo"],
  [{ $jsonSchema: { $ref: "x" } }, 9, "$jsonSchema keyword '$ref' is not currently supported"],
  [{ $jsonSchema: { properties: { a: 1 } } }, 14, "must be an object"],
  [{ $jsonSchema: { type: "integer" } }, 9, "$jsonSchema type 'integer' is not currently supported."],
];

describe("A malformed filter", () => {
  test.each(refused)("%j is refused with code %i: %s", (filter, code, message) => {
    let error: unknown;
    try {
      parseFilter(fromPlain(filter), { now: new DateValue(0) });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MongoError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("that is nested without end is refused", () => {
    let filter: Plain = { a: 1 };
    for (let depth = 0; depth < 150; depth++) filter = { $and: [filter] };
    expect(() => parseFilter(fromPlain(filter), { now: new DateValue(0) })).not.toThrow();
    for (let depth = 0; depth < 100; depth++) filter = { $and: [filter] };
    expect(() => parseFilter(fromPlain(filter), { now: new DateValue(0) })).toThrow("exceeded depth limit");
  });
});

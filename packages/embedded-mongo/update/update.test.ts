import { BSON, type Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { fromPlain, toExtendedJson } from "../testing/plain.ts";
import { DateValue, ObjectIdValue } from "../values/scalars.ts";
import { compileUpdate } from "./update.ts";

const options = { now: new DateValue(1_700_000_000_000) };
const json = (plain: Plain) => toExtendedJson(fromPlain(plain));

function apply(document: Plain, update: Plain, filter: Plain = {}, arrayFilters: readonly Plain[] = []) {
  const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
  const compiled = compileUpdate(fromPlain(update), { ...options, arrayFilters: arrayFilters.map(fromPlain) });
  return compiled.apply(fromPlain(document), matcher);
}

const changes: readonly (readonly [string, Plain, Plain, Plain])[] = [
  [
    "new fields come by name, numbers by value",
    {},
    { $set: { b: 1, a10: 1, a2: 1, 10: 1, 9: 1 } },
    { 9: 1, 10: 1, a10: 1, a2: 1, b: 1 },
  ],
  ["a path makes documents", {}, { $set: { "a.0.b": 1 } }, { a: { 0: { b: 1 } } }],
  ["an index beyond the end is padded", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["an element that is removed leaves null", { a: [1, 2] }, { $unset: { "a.0": "" } }, { a: [null, 2] }],
  ["int and long give long", { a: 1 }, { $inc: { a: BSON.Long.fromNumber(2) } }, { a: BSON.Long.fromNumber(3) }],
  [
    "an int that overflows becomes a long",
    { a: 2147483647 },
    { $inc: { a: 1 } },
    { a: BSON.Long.fromString("2147483648") },
  ],
  [
    "decimals are exact",
    { a: BSON.Decimal128.fromString("0.1") },
    { $inc: { a: BSON.Decimal128.fromString("0.2") } },
    { a: BSON.Decimal128.fromString("0.3") },
  ],
  [
    "$mul makes a zero of the operand's type",
    {},
    { $mul: { a: BSON.Long.fromNumber(2) } },
    { a: BSON.Long.fromNumber(0) },
  ],
  ["$min and $max compare across types", { a: "x", b: 1 }, { $min: { a: 1 }, $max: { b: "x" } }, { a: 1, b: "x" }],
  ["$rename moves the value", { a: 1, b: 2 }, { $rename: { a: "c.d" } }, { b: 2, c: { d: 1 } }],
  [
    "$currentDate",
    {},
    { $currentDate: { a: true, b: { $type: "timestamp" } } },
    { a: new Date(1_700_000_000_000), b: new BSON.Timestamp({ t: 1_700_000_000, i: 1 }) },
  ],
  ["$bit", { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  [
    "$push sorts, then cuts",
    { a: [{ v: 5 }, { v: 3 }] },
    { $push: { a: { $each: [{ v: 4 }], $sort: { v: -1 }, $slice: 2 } } },
    { a: [{ v: 5 }, { v: 4 }] },
  ],
  [
    "$push at a position from the end",
    { a: [1, 2, 3] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 2, 9, 3] },
  ],
  [
    "$addToSet compares by value",
    { a: [1] },
    { $addToSet: { a: { $each: [BSON.Long.fromNumber(1), 2] } } },
    { a: [1, 2] },
  ],
  [
    "$pull by a condition on documents",
    { a: [{ b: 1, c: 2 }, { b: 2 }] },
    { $pull: { a: { b: { $gte: 2 } } } },
    { a: [{ b: 1, c: 2 }] },
  ],
  ["$pull by an operator", { a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }],
  ["$pull by a regular expression", { a: ["ab", "b"] }, { $pull: { a: /^a/ } }, { a: ["b"] }],
  ["$pullAll", { a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [2] }],
  ["all elements", { a: [1, 2] }, { $inc: { "a.$[]": 10 } }, { a: [11, 12] }],
  [
    "all elements of all elements",
    { a: [{ b: [1] }, { b: [2] }] },
    { $mul: { "a.$[].b.$[]": 3 } },
    { a: [{ b: [3] }, { b: [6] }] },
  ],
];

const refused: readonly (readonly [Plain, Plain, number, string])[] = [
  [{}, { $foo: { a: 1 } }, 9, "Unknown modifier: $foo"],
  [{}, { $set: 1 }, 9, "Modifiers operate on fields but we found type int instead"],
  [{}, { $set: { a: 1, "a.b": 1 } }, 40, "Updating the path 'a.b' would create a conflict at 'a'"],
  [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40, "would create a conflict at 'a'"],
  [{ a: 1 }, { $set: { "a.b": 1 } }, 28, "Cannot create field 'b' in element {a: 1}"],
  [{ _id: 1 }, { $set: { _id: 2 } }, 66, "immutable field '_id'"],
  [
    { _id: 1, a: "x" },
    { $inc: { a: 1 } },
    14,
    "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
  ],
  [
    { _id: 1, a: BSON.Long.MAX_VALUE },
    { $inc: { a: 1 } },
    2,
    "Failed to apply $inc operations to current value ((NumberLong)9223372036854775807) for document {_id: 1}",
  ],
  [{ a: null }, { $push: { a: 1 } }, 2, "must be an array but is of type null"],
  [{ a: [1] }, { $set: { "a.$": 1 } }, 2, "The positional operator did not find the match needed from the query."],
  [{}, { $set: { "a.$[].b": 1 } }, 2, "The path 'a' must exist in the document in order to apply array updates."],
  [{ a: 1 }, { $set: { "a.$[]": 1 } }, 2, "Cannot apply array updates to non-array element a: 1"],
  [{ a: [1] }, { $set: { "a.$[x]": 1 } }, 2, "No array filter found for identifier 'x' in path 'a.$[x]'"],
  [{}, { $set: { "": 1 } }, 56, "An empty update path is not valid."],
  [{}, { $set: { $b: 1 } }, 52, "The dollar ($) prefixed field '$b' in '$b' is not allowed"],
  [{ a: [] }, { $set: { "a.2000000": 1 } }, 34, "can't backfill"],
  [{}, { a: 1, $set: 1 }, 52, "The dollar ($) prefixed field '$set'"],
  [{}, { $set: { [Array.from({ length: 181 }, () => "a").join(".")]: 1 } }, 15, "maximum nested object depth"],
  [{}, { $rename: { a: "a" } }, 2, "The source and target field for $rename must differ"],
  [{ a: [{ b: 1 }] }, { $rename: { "a.0.b": "c" } }, 2, "The source field cannot be an array element"],
  [{ a: {} }, { $pop: { a: 1 } }, 14, "contains an element of non-array type 'object'"],
];

describe("An update", () => {
  test.each(changes)("%s", (_, document, update, expected) => {
    expect(toExtendedJson(apply(document, update)?.after ?? fromPlain({ unchanged: true }))).toBe(json(expected));
  });

  test.each(refused)("of %j by %j fails with code %i: %s", (document, update, code, message) => {
    let error: unknown;
    try {
      apply(document, update);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MongoError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test.each([
    [{ a: 1 }, { $set: { a: 1 } }],
    [{ a: 1 }, { $inc: { a: 0 } }],
    [{ a: [1] }, { $addToSet: { a: 1 } }],
    [{ a: [] }, { $pull: { a: 1 } }],
    [{ a: 1 }, { $unset: { b: "" } }],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }],
    [{ a: 1 }, { $rename: { b: "c" } }],
    [{ _id: 1, a: 1 }, { a: 1 }],
  ])("of %j by %j changes nothing", (document, update) => expect(apply(document, update)).toBeUndefined());

  test("of an equal number of another type changes the type", () => {
    expect(toExtendedJson(apply({ a: 1 }, { $set: { a: BSON.Long.fromNumber(1) } })?.after ?? fromPlain({}))).toContain(
      "numberLong",
    );
  });

  test("by the positional operator changes the element that the filter found", () => {
    const result = apply({ a: [{ b: 1 }, { b: 2 }] }, { $set: { "a.$.c": 1 } }, { "a.b": 2 });
    expect(toExtendedJson(result?.after ?? fromPlain({}))).toBe(json({ a: [{ b: 1 }, { b: 2, c: 1 }] }));
  });

  test("by an identifier changes the elements that the array filter finds", () => {
    const result = apply({ a: [{ b: 1 }, { b: 5 }] }, { $set: { "a.$[x].c": 1 } }, {}, [{ "x.b": { $gt: 2 } }]);
    expect(toExtendedJson(result?.after ?? fromPlain({}))).toBe(json({ a: [{ b: 1 }, { b: 5, c: 1 }] }));
    expect(() => apply({ a: [] }, { $set: { b: 1 } }, {}, [{ x: 1 }])).toThrow("was not used in the update");
    expect(() => apply({ a: [] }, { $set: { "a.$[x]": 1 } }, {}, [{ x: 1, y: 1 }])).toThrow("found 'x' and 'y'");
  });
});

describe("The description of an update for change events", () => {
  test.each<readonly [Plain, Plain, Plain]>([
    [
      { a: 1 },
      { $set: { "b.c": 1 }, $unset: { a: "" } },
      { updatedFields: { b: { c: 1 } }, removedFields: ["a"], truncatedArrays: [] },
    ],
    [{ a: { b: 1 } }, { $set: { "a.b": 2 } }, { updatedFields: { "a.b": 2 }, removedFields: [], truncatedArrays: [] }],
    [{ a: [1] }, { $push: { a: 2 } }, { updatedFields: { "a.1": 2 }, removedFields: [], truncatedArrays: [] }],
    [{ a: [1, 2] }, { $pull: { a: 1 } }, { updatedFields: { a: [2] }, removedFields: [], truncatedArrays: [] }],
    [
      { a: [{ b: 1 }] },
      { $inc: { "a.$[].b": 1 } },
      { updatedFields: { "a.0.b": 2 }, removedFields: [], truncatedArrays: [] },
    ],
  ])("of %j by %j is %j", (document, update, description) => {
    expect(toExtendedJson(apply(document, update)?.description ?? fromPlain({}))).toBe(json(description));
  });

  test("of a pipeline's result names what differs", () => {
    const update = compileUpdate([fromPlain({ $set: { x: 1 } })], {
      ...options,
      runPipeline: () => () => fromPlain({ _id: 1, a: [1], b: { c: 2, d: 1 }, x: 1 }),
    });
    const description = update.apply(fromPlain({ _id: 1, a: [1, 2], b: { c: 1, d: 1 }, y: 1 }))?.description;
    expect(toExtendedJson(description ?? fromPlain({}))).toBe(
      json({ updatedFields: { "b.c": 2, x: 1 }, removedFields: ["y"], truncatedArrays: [{ field: "a", newSize: 1 }] }),
    );
    expect(() => compileUpdate([fromPlain({ $match: {} })], options)).toThrow(
      "$match is not allowed to be used within an update",
    );
  });
});

describe("What an upsert inserts", () => {
  const newId = () => new ObjectIdValue(Buffer.alloc(12));
  const insert = (filter: Plain, update: Plain) =>
    toExtendedJson(compileUpdate(fromPlain(update), options).onInsert(parseFilter(fromPlain(filter), options), newId));

  test.each<readonly [Plain, Plain, Plain]>([
    [
      { _id: 1, a: { $eq: 2 }, b: { $gt: 1 } },
      { $set: { c: 1 }, $setOnInsert: { d: 1 } },
      { _id: 1, a: 2, c: 1, d: 1 },
    ],
    [{ "a.b": 1 }, { $set: { _id: 5 } }, { _id: 5, a: { b: 1 } }],
    [{ $and: [{ a: 1 }, { b: 2 }], _id: 3 }, { $inc: { n: 1 } }, { _id: 3, a: 1, b: 2, n: 1 }],
    [{ _id: 4, a: 1 }, { b: 1 }, { _id: 4, b: 1 }],
    [
      { _id: 4, a: { $in: [1] }, b: { $all: [2] }, c: { $in: [1, 2] } },
      { $set: { d: 1 } },
      { _id: 4, a: 1, b: 2, d: 1 },
    ],
  ])("for %j and %j is %j", (filter, update, expected) => expect(insert(filter, update)).toBe(json(expected)));

  test("has a new _id when nothing gives one, and no array as _id", () => {
    expect(insert({ a: 1 }, { $set: { b: 1 } })).toContain('{"_id":{"$oid":"000000000000000000000000"},"a"');
    expect(() => insert({}, { $set: { _id: [1] } })).toThrow("The '_id' value cannot be of type array");
    expect(() => insert({ _id: 1 }, { $set: { _id: 2 } })).toThrow("immutable field '_id'");
    expect(() => insert({ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } })).toThrow("path 'a' is matched twice");
  });
});

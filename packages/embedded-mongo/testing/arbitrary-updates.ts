import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { arbitraryPath, arbitraryScalar, arbitraryValue } from "./arbitrary-documents.ts";

// What oracles are known to do otherwise than the manual says is left out: $pull and $pop beneath fields that are missing, $each without elements,
// doubles that are zero added to decimals, `$[]` together with other paths of the same array.

const path = fc.oneof(
  { weight: 6, arbitrary: arbitraryPath },
  { weight: 1, arbitrary: fc.constantFrom("a.5", "b.5", "d", "d.e", "d.0") },
);
const name = fc.constantFrom("a", "b", "c");

const fields = (operand: fc.Arbitrary<unknown>, paths: fc.Arbitrary<string> = path): fc.Arbitrary<Plain> =>
  fc
    .uniqueArray(fc.tuple(paths, operand), { minLength: 1, maxLength: 2, selector: ([each]) => each })
    .map((entries) => Object.fromEntries(entries));

const items = fc.array(arbitraryValue, { minLength: 1, maxLength: 3 });

const number = fc.oneof(
  fc.integer({ min: -3, max: 5 }).map((value) => new BSON.Int32(value)),
  fc.constantFrom(1.5, -0.5, 1e300).map((value) => new BSON.Double(value)),
  fc.constantFrom("1", "-3", "9223372036854775807", "2147483647").map((text) => BSON.Long.fromString(text)),
);

const push: fc.Arbitrary<unknown> = fc.record(
  {
    $each: items,
    $position: fc.integer({ min: -3, max: 3 }),
    $slice: fc.constantFrom(-3, -2, -1, 1, 2, 3),
    $sort: fc.constantFrom<unknown>(1, -1, { a: 1 }, { b: -1, a: 1 }),
  },
  { requiredKeys: ["$each"] },
);

const bits = fc.tuple(fc.constantFrom("and", "or", "xor"), fc.constantFrom<unknown>(1, 6, BSON.Long.fromNumber(3)));
const comparison = fc.tuple(fc.constantFrom("$gt", "$lte", "$ne"), arbitraryScalar);
const object = ([key, value]: readonly [string, unknown]): unknown => ({ [key]: value });

// Pulls all documents and nothing else, whatever an oracle does.
const isNotEmpty = (value: unknown): boolean => JSON.stringify(value) !== "{}";

const modifier: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 3, arbitrary: fields(arbitraryValue).map(($set) => ({ $set })) },
  fields(fc.constant(""), name).map(($unset) => ({ $unset })),
  fields(number).map(($inc) => ({ $inc })),
  fields(number).map(($mul) => ({ $mul })),
  fields(arbitraryScalar).map(($min) => ({ $min })),
  fields(arbitraryScalar).map(($max) => ({ $max })),
  fields(bits.map(object)).map(($bit) => ({ $bit })),
  fields(arbitraryValue).map(($push) => ({ $push })),
  fields(push).map(($push) => ({ $push })),
  fields(arbitraryValue).map(($addToSet) => ({ $addToSet })),
  fields(items.map(($each) => ({ $each }))).map(($addToSet) => ({ $addToSet })),
  fields(fc.constantFrom(1, -1), name).map(($pop) => ({ $pop })),
  fields(fc.oneof(arbitraryValue.filter(isNotEmpty), comparison.map(object)), name).map(($pull) => ({ $pull })),
  fields(items, name).map(($pullAll) => ({ $pullAll })),
  fc.tuple(name, fc.constantFrom("a", "b", "d")).map(([from, to]) => ({ $rename: { [from]: to } })),
  fc
    .tuple(fc.constantFrom("a.$[]", "b.$[]", "a.$[].b", "b.$[].$[]"), arbitraryScalar)
    .map(([all, value]) => ({ $set: { [all]: value } })),
);

/** Updates by operators, of one or two kinds; some conflict, some meet a type that they cannot change. */
export const arbitraryUpdate: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 3, arbitrary: modifier },
  { weight: 1, arbitrary: fc.tuple(modifier, modifier).map(([one, other]) => ({ ...one, ...other })) },
);

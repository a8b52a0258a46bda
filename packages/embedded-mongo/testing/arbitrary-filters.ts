import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { arbitraryPath, arbitraryScalar, arbitraryValue } from "./arbitrary-documents.ts";

const pattern = fc
  .tuple(fc.constantFrom("a", "^a", "b$", "^[ab]+$", "(a|b)", "A"), fc.constantFrom("", "i"))
  .map(([source, options]) => new BSON.BSONRegExp(source, options));

const types = fc.constantFrom(
  "double",
  "string",
  "object",
  "array",
  "int",
  "long",
  "decimal",
  "null",
  "number",
  "bool",
  "date",
  1,
  16,
);

/** Conditions of one field. */
const arbitraryPredicate: fc.Arbitrary<Plain> = fc.oneof(
  fc
    .tuple(fc.constantFrom("$eq", "$ne", "$gt", "$gte", "$lt", "$lte"), arbitraryValue)
    .map(([name, value]) => ({ [name]: value })),
  fc
    .tuple(fc.constantFrom("$in", "$nin"), fc.array(arbitraryScalar, { maxLength: 3 }))
    .map(([name, value]) => ({ [name]: value })),
  fc.array(arbitraryValue, { maxLength: 3 }).map(($all) => ({ $all })),
  fc.boolean().map(($exists) => ({ $exists })),
  types.map(($type) => ({ $type })),
  fc.uniqueArray(types, { minLength: 1, maxLength: 2 }).map(($type) => ({ $type })),
  fc.nat({ max: 3 }).map(($size) => ({ $size })),
  fc.tuple(fc.constantFrom(2, 3, -2), fc.constantFrom(0, 1, -1)).map(($mod) => ({ $mod })),
  pattern.map(($regex) => ({ $regex })),
);

// Of an array directly in an array, oracles differ on whether a field is missing there.
const meetsNoMissing: fc.Arbitrary<Plain> = fc
  .tuple(
    fc.constantFrom("$eq", "$gt", "$gte", "$lt", "$lte"),
    arbitraryScalar.filter((value) => value !== null),
  )
  .map(([name, value]) => ({ [name]: value }));

const arbitraryCondition: fc.Arbitrary<unknown> = fc.letrec<{ condition: unknown; predicate: Plain }>((tie) => ({
  condition: fc.oneof(
    { weight: 2, arbitrary: arbitraryValue },
    { weight: 1, arbitrary: pattern },
    { weight: 5, arbitrary: tie("predicate") },
  ),
  predicate: fc.oneof(
    { maxDepth: 2 },
    { weight: 8, arbitrary: arbitraryPredicate },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("$gt", "$gte"), arbitraryScalar, fc.constantFrom("$lt", "$lte"), arbitraryScalar)
        .map(([low, from, high, to]) => ({ [low]: from, [high]: to })),
    },
    { weight: 1, arbitrary: tie("predicate").map(($not) => ({ $not })) },
    { weight: 1, arbitrary: tie("predicate").map(($elemMatch) => ({ $elemMatch })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(arbitraryPath, meetsNoMissing)
        .map(([path, condition]) => ({ $elemMatch: { [path]: condition } })),
    },
  ),
})).condition;

/**
 * Filters with most operators, most of them valid. Bit tests have a table instead: an oracle takes fractions for whole numbers. Lists to be in have no
 * arrays and documents: numbers of different types within those it takes as different.
 */
export const arbitraryFilter: fc.Arbitrary<Plain> = fc.letrec<{ filter: Plain }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2 },
    {
      weight: 6,
      arbitrary: fc.tuple(arbitraryPath, arbitraryCondition).map(([path, condition]) => ({ [path]: condition })),
    },
    {
      weight: 2,
      arbitrary: fc.dictionary(arbitraryPath, arbitraryCondition, { minKeys: 2, maxKeys: 3 }),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("$and", "$or", "$nor"), fc.array(tie("filter"), { minLength: 1, maxLength: 3 }))
        .map(([name, branches]) => ({ [name]: branches })),
    },
  ),
})).filter;

import { BSON, type Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { DateValue } from "../../values/scalars.ts";
import { explainFailure } from "../explain-failure.ts";
import { compileMatcher } from "../matcher.ts";
import { parseFilter } from "../parse-filter.ts";

const options = { now: new DateValue(0) };
const parse = (filter: Plain) => parseFilter(fromPlain(filter), options);
const passes = ($jsonSchema: Plain, document: Plain) =>
  compileMatcher(parse({ $jsonSchema }), options).matches(fromPlain(document));

const a = (schema: Plain) => ({ properties: { a: schema } });

// The keywords of the manual's "$jsonSchema", each with what passes and what fails.
const cases: readonly (readonly [Plain, readonly Plain[], readonly Plain[]])[] = [
  [a({ bsonType: "int" }), [{ a: 1 }, {}], [{ a: 1.5 }, { a: "x" }]],
  [a({ bsonType: ["int", "string"] }), [{ a: 1 }, { a: "x" }], [{ a: null }]],
  [a({ bsonType: "number" }), [{ a: 1.5 }, { a: BSON.Long.ONE }], [{ a: "1" }]],
  [a({ type: "boolean" }), [{ a: true }], [{ a: 1 }]],
  [a({ enum: [1, "x", { b: 1 }] }), [{ a: BSON.Long.ONE }, { a: { b: 1 } }], [{ a: 2 }]],
  [a({ minimum: 2, maximum: 4 }), [{ a: 2 }, { a: 4 }, { a: "x" }], [{ a: 1 }, { a: 5 }]],
  [a({ minimum: 2, exclusiveMinimum: true }), [{ a: 3 }], [{ a: 2 }]],
  [a({ multipleOf: 0.5 }), [{ a: 1.5 }, { a: "x" }], [{ a: 1.2 }]],
  [
    a({ minLength: 2, maxLength: 3 }),
    [{ a: "ab" }, { a: "\u{1f600}\u{1f600}\u{1f600}" }, { a: 1 }],
    [{ a: "a" }, { a: "abcd" }],
  ],
  [a({ pattern: "^a" }), [{ a: "ab" }, { a: 1 }], [{ a: "b" }]],
  [a({ minItems: 1, maxItems: 2 }), [{ a: [1] }, { a: 1 }], [{ a: [] }, { a: [1, 2, 3] }]],
  [a({ uniqueItems: true }), [{ a: [1, 2] }], [{ a: [1, BSON.Long.ONE] }]],
  [a({ items: { bsonType: "int" } }), [{ a: [1, 2] }, { a: "x" }], [{ a: [1, "x"] }]],
  [a({ items: [{ bsonType: "int" }], additionalItems: false }), [{ a: [1] }, { a: [] }], [{ a: [1, 2] }, { a: ["x"] }]],
  [a({ items: [{}], additionalItems: { bsonType: "int" } }), [{ a: ["x", 1] }], [{ a: ["x", "y"] }]],
  [{ required: ["a", "b"] }, [{ a: 1, b: null }], [{ a: 1 }]],
  [{ minProperties: 2, maxProperties: 2 }, [{ a: 1, b: 1 }], [{ a: 1 }, { a: 1, b: 1, c: 1 }]],
  [{ properties: { a: {} }, additionalProperties: false }, [{ a: 1 }, {}], [{ b: 1 }]],
  [
    { patternProperties: { "^n_": { bsonType: "int" } }, additionalProperties: { bsonType: "string" } },
    [{ n_a: 1, b: "x" }],
    [{ n_a: "x" }, { b: 1 }],
  ],
  [{ dependencies: { a: ["b"] } }, [{ a: 1, b: 1 }, { c: 1 }], [{ a: 1 }]],
  [{ dependencies: { a: { required: ["c"] } } }, [{ a: 1, c: 1 }, {}], [{ a: 1 }]],
  [{ allOf: [{ required: ["a"] }, { required: ["b"] }] }, [{ a: 1, b: 1 }], [{ a: 1 }]],
  [{ anyOf: [{ required: ["a"] }, { required: ["b"] }] }, [{ b: 1 }], [{ c: 1 }]],
  [{ oneOf: [{ required: ["a"] }, { required: ["b"] }] }, [{ b: 1 }], [{ a: 1, b: 1 }, {}]],
  [{ not: { required: ["a"] } }, [{ b: 1 }], [{ a: 1 }]],
  [{ title: "t", description: "d" }, [{}], []],
];

describe("A JSON schema", () => {
  test.each(cases)("%j", (schema, passing, failing) => {
    for (const document of passing) expect([document, passes(schema, document)]).toEqual([document, true]);
    for (const document of failing) expect([document, passes(schema, document)]).toEqual([document, false]);
  });

  // Manual, "Schema Validation", "Specify JSON Schema Validation", with its errInfo.
  test("tells what a document fails as the manual shows it", () => {
    const expression = parse({
      $jsonSchema: {
        bsonType: "object",
        title: "Student Object Validation",
        required: ["address", "major"],
        properties: {
          year: { bsonType: "int", minimum: 2017, description: "'year' must be an integer" },
          gpa: { bsonType: ["double"], description: "'gpa' must be a double" },
        },
      },
    });
    const details = explainFailure(expression, fromPlain({ address: 1, year: 2016, gpa: 3 }), options);
    const expected = {
      operatorName: "$jsonSchema",
      title: "Student Object Validation",
      schemaRulesNotSatisfied: [
        { operatorName: "required", specifiedAs: { required: ["address", "major"] }, missingProperties: ["major"] },
        {
          operatorName: "properties",
          propertiesNotSatisfied: [
            {
              propertyName: "year",
              description: "'year' must be an integer",
              details: [
                {
                  operatorName: "minimum",
                  specifiedAs: { minimum: 2017 },
                  reason: "comparison failed",
                  consideredValue: 2016,
                },
              ],
            },
            {
              propertyName: "gpa",
              description: "'gpa' must be a double",
              details: [
                {
                  operatorName: "bsonType",
                  specifiedAs: { bsonType: ["double"] },
                  reason: "type did not match",
                  consideredValue: 3,
                  consideredType: "int",
                },
              ],
            },
          ],
        },
      ],
    };
    expect(toExtendedJson(details)).toBe(toExtendedJson(fromPlain(expected)));
  });

  test("every rule that fails has an explanation", () => {
    for (const [schema, , failing] of cases) {
      for (const document of failing) {
        const text = toExtendedJson(explainFailure(parse({ $jsonSchema: schema }), fromPlain(document), options));
        expect(text).toMatch(/"schemaRulesNotSatisfied":\[\{"operatorName"/);
      }
    }
  });
});

test("a filter of other operators tells which clause a document fails", () => {
  const expression = parse({ $and: [{ a: { $gt: 5 } }, { b: { $in: [1] } }, { c: { $exists: true } }] });
  expect(toExtendedJson(explainFailure(expression, fromPlain({ a: 9, b: 2 }), options))).toBe(
    toExtendedJson(
      fromPlain({
        operatorName: "$and",
        clausesNotSatisfied: [
          {
            index: 1,
            details: {
              operatorName: "$in",
              specifiedAs: { b: { $in: [1] } },
              reason: "no matching value found in array",
              consideredValue: 2,
            },
          },
          {
            index: 2,
            details: { operatorName: "$exists", specifiedAs: { c: { $exists: true } }, reason: "path does not exist" },
          },
        ],
      }),
    ),
  );
});

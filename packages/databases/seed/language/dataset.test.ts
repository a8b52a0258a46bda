import { expect, test } from "vitest";
import { between } from "./amounts.ts";
import { dataset, perEach } from "./dataset.ts";
import { id } from "./id.ts";
import { redis } from "./redis-values.ts";
import { ref } from "./ref.ts";

// What TypeScript says is checked with the sources: a directive without an error is an error.
test("a reference to a collection that the dataset has not is red in the editor", () => {
  const fine = dataset("fine", {
    customers: { count: 1, document: ({ index }) => ({ _id: id(), index, at: new Date(0) }) },
    orders: {
      count: perEach("customers", between(1, 2)),
      document: ({ parent, pick }) => ({ parent, lines: [{ of: ref("customers") }], kind: pick(["a", "b"]) }),
    },
  });
  expect(Object.keys(fine.collections)).toEqual(["customers", "orders"]);
  const wrong = dataset("wrong", {
    customers: { count: 1, document: () => ({ _id: id() }) },
    // @ts-expect-error there is no collection "custommers"
    orders: { count: 1, document: () => ({ lines: [{ of: ref("custommers") }] }) },
  });
  expect(wrong.name).toBe("wrong");
  const shallow = dataset("shallow", {
    // @ts-expect-error there is no collection "custommers"
    orders: { count: 1, document: () => ({ of: ref("custommers"), at: new Date() }) },
  });
  expect(shallow.name).toBe("shallow");
  const maybe = dataset("maybe", {
    // @ts-expect-error there is no collection "custommers"
    orders: { count: 1, document: ({ chance }) => ({ of: chance(0.5) ? ref("custommers") : null }) },
  });
  expect(maybe.name).toBe("maybe");
  const counted = dataset("counted", {
    // @ts-expect-error there is no collection "custommers"
    visits: { count: perEach("custommers", between(1, 2)), document: () => ({}) },
  });
  expect(counted.name).toBe("counted");
});

test("a field that the validator forbids is red in the editor", () => {
  const validator = {
    $jsonSchema: { additionalProperties: false, properties: { _id: {}, name: { bsonType: "string" } } },
  } as const;
  const { collections } = dataset("strict", {
    fine: { count: 1, validator, document: () => ({ _id: id(), name: "a" }) },
    // @ts-expect-error the validator has no field "nmae"
    wrong: { count: 1, validator, document: () => ({ name: "a", nmae: "b" }) },
  });
  expect(Object.keys(collections)).toEqual(["fine", "wrong"]);
});

test("keys of Redis know the collections that they are counted by", () => {
  const fine = { key: "a", value: () => redis.string("x") };
  const { extras } = dataset(
    "keys",
    { customers: { count: 1, document: () => ({}) } },
    // @ts-expect-error there is no collection "custommers"
    { redis: { fine, wrong: { ...fine, count: perEach("custommers", between(1, 2)) } } },
  );
  expect(Object.keys(extras.redis ?? {})).toEqual(["fine", "wrong"]);
});

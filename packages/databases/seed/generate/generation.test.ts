import { BSON } from "mongodb";
import { expect, test } from "vitest";
import { valueMaker } from "../../mongo/value-maker.ts";
import { around } from "../language/amounts.ts";
import { dataset, perEach } from "../language/dataset.ts";
import { dateIn } from "../language/dates.ts";
import { faker, loadFaker } from "../language/faker.ts";
import { id } from "../language/id.ts";
import { redis } from "../language/redis-values.ts";
import { one, ref } from "../language/ref.ts";
import { skewed } from "../language/spreads.ts";
import { stateMachine } from "../language/state-machine.ts";
import { unique, uniqueNumber } from "../language/unique.ts";
import { Generation } from "./generation.ts";

const now = Date.UTC(2026, 4, 13, 12);
await loadFaker();
const { EJSON } = BSON;

const orders = stateMachine("placed", {
  placed: { lasts: ["1m", "30d"], to: { preparing: 9, cancelled: 1 } },
  preparing: { lasts: ["1h", "40d"], to: { done: 1 } },
  done: {},
  cancelled: {},
});

const shop = dataset(
  "shop",
  {
    customers: {
      count: 300,
      document: () => ({
        _id: id(),
        name: faker.person.fullName(),
        email: unique(faker.internet.email()),
        number: uniqueNumber({ min: 1_000 }),
        joined: dateIn({ last: "90d", weekdays: "workdays", hours: "office" }),
      }),
    },
    orders: {
      count: perEach("customers", around(4)),
      document: ({ parent, sibling }) => {
        const { state, since, history } = orders.begin(dateIn({ last: "60d" }));
        return {
          _id: id(),
          customer: parent,
          sibling,
          state,
          since,
          history,
          favourite: ref("customers", skewed(0.8)),
        };
      },
    },
    countries: { count: 3, document: ({ index }) => ({ _id: ["de", "fr", "it"][index] ?? "" }) },
    people: { count: 5, document: () => ({ boss: ref("people"), from: ref("countries") }) },
  },
  {
    redis: {
      sessions: {
        count: 4,
        key: ({ index }) => `session:${index}`,
        value: () => redis.hash({ user: ref("customers") }),
      },
    },
  },
);

const generation = (options = {}) => new Generation(shop, { seed: 1, now, counts: {}, ...options }, valueMaker);
const all = (made: Generation, name: string) =>
  Array.from(
    { length: made.countOf(name) },
    (_, index) => ({ ...made.documentOf(name, index) }) as Record<string, unknown>,
  );

test("the same seed and present give the same bytes, in any order of making", () => {
  const [forwards, backwards] = [generation(), generation()];
  const last = backwards.documentOf("orders", backwards.countOf("orders") - 1);
  backwards.keyAt("sessions", 2);
  backwards.documentOf("customers", 7);
  expect(EJSON.stringify(all(forwards, "orders").at(-1))).toBe(EJSON.stringify(last));
  expect(EJSON.stringify(all(backwards, "customers"))).toBe(EJSON.stringify(all(forwards, "customers")));
});

test("bytes are those that they were: what was seeded elsewhere is the same here", () => {
  expect(EJSON.stringify(generation().documentOf("customers", 41))).toMatchInlineSnapshot(
    `"{"_id":{"$oid":"65920080128c6848d5000029"},"name":"Leopoldo Gorczany","email":"Dorothy.Nitzsche.15@yahoo.com","number":1240,"joined":{"$date":"2026-05-04T10:13:16.165Z"}}"`,
  );
  expect(EJSON.stringify(generation().documentOf("orders", 41))).toMatchInlineSnapshot(
    `"{"_id":{"$oid":"65920080f6a2da34d5000029"},"customer":{"$oid":"65920080128c6848d500000b"},"sibling":2,"state":"placed","since":{"$date":"2026-04-24T09:40:12.294Z"},"history":[{"state":"placed","at":{"$date":"2026-04-24T09:40:12.294Z"}}],"favourite":{"$oid":"65920080128c6848d50000b4"}}"`,
  );
});

test("another seed gives other documents, and another present the same ids with other dates", () => {
  expect(EJSON.stringify(generation({ seed: 2 }).documentOf("customers", 0))).not.toBe(
    EJSON.stringify(generation().documentOf("customers", 0)),
  );
  const later = all(generation({ now: now + 86_400_000 }), "customers");
  expect(later.map(({ _id }) => String(_id))).toEqual(all(generation(), "customers").map(({ _id }) => String(_id)));
  expect(later[0]?.joined).not.toEqual(all(generation(), "customers")[0]?.joined);
});

test("every reference is the id of a document, and four in five are of one in five customers", () => {
  const made = generation();
  const ids = new Set(all(made, "customers").map(({ _id }) => String(_id)));
  const favourites = all(made, "orders").map(({ favourite }) => String(favourite));
  expect(favourites.every((each) => ids.has(each))).toBe(true);
  const counts = [...ids].map((each) => favourites.filter((other) => other === each).length).sort((a, b) => b - a);
  const share = counts.slice(0, 60).reduce((sum, each) => sum + each, 0) / favourites.length;
  expect(share).toBeGreaterThan(0.75);
  expect(share).toBeLessThan(0.9);
});

test("parents have as many children as they were given, each with a number of its own", () => {
  const made = generation();
  const byParent = new Map<string, unknown[]>();
  for (const { customer, sibling } of all(made, "orders"))
    byParent.set(String(customer), [...(byParent.get(String(customer)) ?? []), sibling]);
  expect(byParent.size).toBeGreaterThan(250);
  for (const [, siblings] of byParent) expect(siblings).toEqual(siblings.map((_, index) => index));
  expect(made.countOf("orders")).toBeGreaterThan(1_000);
  expect(made.countOf("orders")).toBeLessThan(1_400);
});

test("another count of children is shared out as the amounts would", () => {
  for (const wanted of [150, 5_000]) {
    const made = generation({ counts: { orders: wanted } });
    const seen = new Map<string, number>();
    for (const { customer, sibling } of all(made, "orders")) {
      expect(sibling).toBe(seen.get(String(customer)) ?? 0);
      seen.set(String(customer), Number(sibling) + 1);
    }
    expect([...seen.values()].reduce((sum, each) => sum + each, 0)).toBe(wanted);
    expect(seen.size).toBeGreaterThan(wanted === 150 ? 80 : 270);
  }
});

test("unique values are unique", () => {
  const customers = all(generation(), "customers");
  expect(new Set(customers.map(({ email }) => email)).size).toBe(300);
  const numbers = customers.map(({ number }) => Number(number));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, index) => 1_000 + index));
  expect(numbers.slice(0, 3)).not.toEqual([1_000, 1_001, 1_002]);
});

test("a history fits its state, and nothing lies in the future", () => {
  for (const order of all(generation(), "orders")) {
    const history = order.history as { state: string; at: Date }[];
    expect(history[0]?.state).toBe("placed");
    expect(history.at(-1)).toEqual({ state: order.state, at: order.since });
    const times = history.map(({ at }) => at.getTime());
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times.at(-1)).toBeLessThanOrEqual(now);
  }
});

test("dates keep to the weekdays and hours that have a weight", () => {
  const days = all(generation(), "customers").map(({ joined }) => joined as Date);
  expect(days.every((day) => day.getUTCDay() >= 1 && day.getUTCDay() <= 5)).toBe(true);
  expect(days.every((day) => day.getUTCHours() >= 7 && day.getUTCHours() <= 18)).toBe(true);
});

test("a collection may have ids of its own, and refer to itself", () => {
  const people = all(generation(), "people");
  const ids = people.map(({ _id }) => String(_id));
  expect(people.every(({ boss }) => ids.includes(String(boss)))).toBe(true);
  expect(people.every(({ from }) => ["de", "fr", "it"].includes(String(from)))).toBe(true);
});

test("keys of Redis refer to documents", () => {
  const made = generation();
  const { key, value } = made.keyAt("sessions", 3);
  expect(key).toBe("session:3");
  const ids = all(made, "customers").map(({ _id }) => String(_id));
  expect(ids).toContain(value.commands[0]?.[2]);
});

test("mistakes are said in words", () => {
  const broken = (document: () => object, count = 1) =>
    new Generation(dataset("broken", { a: { count, document } }), { seed: 1, now, counts: {} }, valueMaker);
  expect(() => broken(() => ({ b: ref<string>("b") })).documentOf("a", 0)).toThrow(
    'a refers to "b", which is no collection of the dataset.',
  );
  expect(() => broken(() => ({ a: one("a") })).documentOf("a", 0)).toThrow(
    "Documents are made of each other without end",
  );
  expect(() => broken(() => ({ a: JSON.parse("{") })).documentOf("a", 0)).toThrow("a could not be made for index 0");
  expect(() => broken(() => ({}), -1)).toThrow("a has the count -1");
  expect(() => ref("a")).toThrow("ref gives values while a document is made, and none is.");
  let made = 0;
  const mixed = broken(() => (made++ === 0 ? { _id: id() } : { _id: "other" }), 2);
  expect(() => mixed.documentOf("a", 1)).toThrow("the first of a has an id by `id()`, and the one of index 1 has not");
});

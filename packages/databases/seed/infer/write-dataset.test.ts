import { Decimal128, Long, ObjectId } from "mongodb";
import { expect, test } from "vitest";
import { addDocument, emptySummary } from "./field-summary.ts";
import { looksLike } from "./personal-data.ts";
import { writeDataset } from "./write-dataset.ts";

const now = Date.UTC(2026, 4, 1);
const customer = new ObjectId("650000000000000000000001");
const people = Array.from({ length: 40 }, (_, index) => ({
  _id: new ObjectId(),
  name: `Ada Lovelace ${index}`,
  email: `ada${index}@example.com`,
  contact: "+41 31 555 01 23",
  iban: "CH9300762011623852957",
  status: index % 4 === 0 ? "open" : "closed",
  city: "Bern",
  age: 20 + index,
  big: Long.fromString("9007199254740993"),
  price: Decimal128.fromString("9.90"),
  isActive: index % 2 === 0,
  ...(index < 10 ? { nickname: `nick-${index}` } : {}),
  closedAt: index < 20 ? null : new Date(now - index * 86_400_000),
  tags: ["new"],
  notes: `Ada said that the parcel number ${index} never arrived, and that she wants her money back before the end of the month.`,
  of: customer,
}));

function written(isMasked: boolean): string {
  const summary = emptySummary();
  for (const each of people) addDocument(summary, each, looksLike);
  const indexes = [{ v: 2, key: { email: 1 }, name: "email_1", unique: true }];
  const found = { name: "people", count: 1_234, sampled: people.length, summary, indexes };
  const referenceOf = (field: typeof summary) => (field.ids.has(customer.toHexString()) ? "customers" : undefined);
  return writeDataset("inferred", [found], { isMasked, now, referenceOf });
}

test("types, optional fields, ranges, enumerations and references become generators", () => {
  expect(written(false)).toMatchInlineSnapshot(`
    "import { bson, dataset, dateIn, faker, id, prose, ref, unique } from "drydock";

    export default dataset("inferred", {
      people: {
        count: 1234,
        indexes: [{"key":{"email":1},"name":"email_1","unique":true}],
        document: ({ chance, int, many, weighted }) => ({
          _id: id(),
          name: faker.person.fullName(),
          email: unique(faker.internet.email()),
          contact: faker.phone.number(),
          iban: faker.finance.iban(),
          status: weighted({ closed: 30, open: 10 }),
          city: weighted({ Bern: 40 }),
          age: int(20, 59),
          big: bson.long(int(9007199254740992, 9007199254740992)),
          price: bson.decimal((int(990, 990) / 100).toFixed(2)),
          isActive: chance(0.5),
          nickname: chance(0.25) ? unique(faker.internet.username()) : undefined,
          closedAt: chance(0.5) ? null : dateIn({ last: "19d" }),
          tags: many(int(1, 1), () => (weighted({ new: 40 }))),
          notes: prose(int(111, 112)),
          of: ref("customers"),
        }),
      },
    });
    "
  `);
});

test("masked, no value of the source is in the file", () => {
  const text = written(true);
  const values = people.flatMap(({ name, email, contact, iban, city, notes }) => [
    name,
    email,
    contact,
    iban,
    city,
    notes,
  ]);
  expect(values.filter((value) => text.includes(value))).toEqual([]);
  expect(text).toContain("name: faker.person.fullName()");
  expect(text).toContain("iban: faker.finance.iban()");
  expect(text).toContain("contact: faker.phone.number()");
  expect(text).toContain("status: weighted({ closed: 30, open: 10 })");
});

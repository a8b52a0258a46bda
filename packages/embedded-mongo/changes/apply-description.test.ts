import { expect, test } from "vitest";
import { Document, type Value } from "../values/document.ts";
import { applyDescription } from "./apply-description.ts";

const doc = (fields: Record<string, Value>): Document => Document.from(Object.entries(fields));

const plain = (value: Value | undefined): unknown =>
  value instanceof Document
    ? Object.fromEntries([...value.fields()].map(([name, each]) => [name, plain(each)]))
    : Array.isArray(value)
      ? value.map((each: Value) => plain(each))
      : value;

test("fields are set, removed and arrays cut, at any depth; numbers are indexes where arrays are", () => {
  const before = doc({ a: doc({ list: [1, 2, 3], 0: "zero" }), gone: 1, long: [1, 2, 3, 4], kept: "x" });
  const description = doc({
    truncatedArrays: [doc({ field: "long", newSize: 2 })],
    removedFields: ["gone", "a.0"],
    updatedFields: doc({ "a.list.1": 9, "a.list.4": 5, "new.deep": true }),
  });
  expect(plain(applyDescription(before, description))).toEqual({
    a: { list: [1, 9, 3, null, 5] },
    long: [1, 2],
    kept: "x",
    new: { deep: true },
  });
  expect(plain(before.get("long"))).toEqual([1, 2, 3, 4]);
});

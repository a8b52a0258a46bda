import fc from "fast-check";
import { expect } from "vitest";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { CollectionWriter } from "../store.ts";

export const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));

/** Strings that are too long for a key, alike for long. */
const longText = fc.constantFrom("a", "b", "", "c").map((end) => "x".repeat(2500) + end);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map(int32),
  fc.constantFrom<Value>("a", "b", null, true, 1.5),
  longText,
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  scalar.map((inner) => doc({ c: inner })),
);
const fields = fc.record({ a: value, b: value }, { requiredKeys: [] }).map((given): Record<string, Value> => {
  const set: Record<string, Value> = {};
  for (const [name, each] of Object.entries(given)) if (each !== undefined) set[name] = each;
  return set;
});

/** One thing that is done to a collection. */
export type Step =
  | { readonly kind: "insert" | "replace"; readonly id: number; readonly fields: Record<string, Value> }
  | { readonly kind: "remove"; readonly id: number }
  | { readonly kind: "index"; readonly specification: Document }
  | { readonly kind: "dropIndex"; readonly name: string };

const id = fc.integer({ min: 0, max: 8 });
const keys = fc.constantFrom<Record<string, number>>(
  { a: 1 },
  { a: -1 },
  { a: 1, b: -1 },
  { b: -1, a: 1 },
  { "a.c": 1 },
);
const options = fc.constantFrom<Record<string, Value>>(
  {},
  { unique: true },
  { sparse: true },
  { unique: true, sparse: true },
  { partialFilterExpression: doc({ a: doc({ $gt: int32(2) }) }) },
);
const specification = fc.tuple(keys, options).map(([key, given]) => {
  const pattern = doc(Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, int32(direction)])));
  return doc({ key: pattern, name: `${JSON.stringify(key)}${Object.keys(given)}`, ...given });
});
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("insert" as const, "replace" as const), id, fields }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("index" as const), specification }) },
  {
    weight: 1,
    arbitrary: specification.map((each) => ({ kind: "dropIndex" as const, name: String(each.get("name")) })),
  },
);

/** The model changes only where the store did not throw. */
export function applyStep(collection: CollectionWriter, step: Step, model: Map<number, Document>): void {
  if (step.kind === "index" || step.kind === "dropIndex") return;
  const found = collection.findId(int32(step.id));
  expect(found?.document.get("_id")).toEqual(model.get(step.id)?.get("_id"));
  if (step.kind === "remove") {
    if (!found) return;
    collection.remove(found.id, found.document);
    model.delete(step.id);
    return;
  }
  const document = doc({ _id: int32(step.id), ...step.fields });
  if (step.kind === "replace") {
    if (!found) return;
    collection.replace(found.id, found.document, document);
  } else {
    collection.insert(document);
  }
  model.set(step.id, document);
}

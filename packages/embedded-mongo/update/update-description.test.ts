import fc from "fast-check";
import { expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { arbitraryDocument } from "../testing/arbitrary-documents.ts";
import { arbitraryUpdate } from "../testing/arbitrary-updates.ts";
import { fromPlain, toExtendedJson } from "../testing/plain.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { DateValue, Int32 } from "../values/scalars.ts";
import type { UpdateResult } from "./compiled-update.ts";
import { describeChange } from "./describe-change.ts";
import { compileUpdate } from "./update.ts";

const options = { now: new DateValue(0) };

/** What a reader of a change stream makes of it: the manual's "update Event", `updateDescription`. */
function patched(before: Document, description: Document): Document {
  let after: Value = before;
  for (const each of listOf(description, "truncatedArrays")) {
    if (!(each instanceof Document)) continue;
    const size = each.get("newSize");
    after = at(after, pathOf(each.get("field")), (array) =>
      isArray(array) && size instanceof Int32 ? array.slice(0, size.value) : array,
    );
  }
  for (const path of listOf(description, "removedFields")) after = at(after, pathOf(path), () => undefined);
  const updated = description.get("updatedFields");
  for (const [path, value] of updated instanceof Document ? updated.fields() : [])
    after = at(after, pathOf(path), () => value);
  return after instanceof Document ? after : emptyDocument;
}

const listOf = (description: Document, name: string): readonly Value[] => {
  const list = description.get(name);
  return isArray(list) ? list : [];
};
const pathOf = (path: Value | undefined): readonly string[] => (typeof path === "string" ? path.split(".") : []);

function at(
  value: Value,
  [name = "", ...rest]: readonly string[],
  change: (value: Value | undefined) => Value | undefined,
): Value {
  const inner = isArray(value) ? value[Number(name)] : value instanceof Document ? value.get(name) : undefined;
  const changed = rest.length === 0 ? change(inner) : at(inner ?? emptyDocument, rest, change);
  if (isArray(value)) return Object.assign([...value], { [Number(name)]: changed ?? null });
  const fields = new Map(value instanceof Document ? value.fields() : []);
  if (changed === undefined) fields.delete(name);
  else fields.set(name, changed);
  return Document.of(fields);
}

function updated(before: Document, update: Document): UpdateResult | undefined {
  try {
    return compileUpdate(update, options).apply(before);
  } catch (error) {
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

test("the description of an update makes the document before it to the one after it", () => {
  fc.assert(
    fc.property(arbitraryDocument, arbitraryUpdate, (plain, update) => {
      const before = fromPlain({ _id: 1, ...plain });
      const result = updated(before, fromPlain(update));
      if (!result) return;
      expect(toExtendedJson(patched(before, result.description ?? emptyDocument))).toBe(toExtendedJson(result.after));
    }),
    { numRuns: 800 },
  );
});

test("so does the description of the difference between any two documents, but for the order of fields", () => {
  const sorted = (document: Document) => [...document.fields()].sort(([a], [b]) => (a < b ? -1 : 1));
  fc.assert(
    fc.property(arbitraryDocument, arbitraryDocument, (one, other) => {
      const [before, after] = [fromPlain(one), fromPlain(other)];
      const made = patched(before, describeChange(before, after));
      expect(toExtendedJson(Document.from(sorted(made)))).toBe(toExtendedJson(Document.from(sorted(after))));
    }),
    { numRuns: 500 },
  );
});

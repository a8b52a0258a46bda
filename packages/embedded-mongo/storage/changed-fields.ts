import { equalValues } from "../values/compare.ts";
import { Document, type Value } from "../values/document.ts";

/** The fields of `after` that `before` does not have with the same value; those that are gone are null. */
export function changedFields(before: Document, after: Document): Document {
  const changed: (readonly [string, Value])[] = [];
  for (const [name, value] of after.fields()) {
    const old = before.get(name);
    if (old === undefined || !equalValues(old, value)) changed.push([name, value]);
  }
  for (const name of before.fields().keys()) if (!after.has(name)) changed.push([name, null]);
  return Document.from(changed);
}

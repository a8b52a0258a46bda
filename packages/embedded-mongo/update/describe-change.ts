import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { identicalValues } from "../values/identical.ts";
import { ChangeRecord } from "./change-record.ts";

/** What changed between two documents, as `updateDescription` tells it: for updates that say only what the result is. */
export function describeChange(before: Document, after: Document): Document {
  const record = new ChangeRecord();
  compareFields(before, after, "", record);
  return record.describe(before, after);
}

function compareFields(before: Document, after: Document, prefix: string, record: ChangeRecord): void {
  for (const name of before.fields().keys()) {
    if (name.includes(".")) record.metDot();
    if (!after.has(name)) record.removed(prefix + name);
  }
  for (const [name, value] of after.fields()) {
    if (name.includes(".")) record.metDot();
    compareAt(before.get(name), value, prefix + name, record);
  }
}

function compareAt(before: Value | undefined, after: Value, path: string, record: ChangeRecord): void {
  if (identicalValues(before, after)) return;
  // Where the order of the kept fields differs, only the whole document says it.
  if (before instanceof Document && after instanceof Document && keepsOrder(before, after)) {
    compareFields(before, after, `${path}.`, record);
  } else if (isArray(before) && isArray(after) && after.length > 0) {
    for (const [index, item] of after.entries()) compareAt(before[index], item, `${path}.${index}`, record);
    if (after.length < before.length) record.truncated(path, after.length);
  } else record.updated(path, after);
}

function keepsOrder(before: Document, after: Document): boolean {
  const kept = [...before.fields().keys()].filter((name) => after.has(name));
  const names = [...after.fields().keys()];
  return kept.length > 0 && kept.every((name, index) => names[index] === name);
}

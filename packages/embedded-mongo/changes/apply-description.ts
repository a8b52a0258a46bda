import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** The document after an update, from the one before it and the event's updateDescription (manual, "update Event"). */
export function applyDescription(before: Document, description: Document): Document {
  let after: Value = before;
  const unclear = description.get("disambiguatedPaths");
  const componentsOf = (path: string): readonly string[] => {
    const components = unclear instanceof Document ? unclear.get(path) : undefined;
    return isArray(components) ? components.map(nameOf) : path.split(".");
  };
  const truncated = description.get("truncatedArrays");
  for (const each of isArray(truncated) ? truncated : []) {
    const path = each instanceof Document ? each.get("field") : undefined;
    const size = each instanceof Document ? each.get("newSize") : undefined;
    if (typeof path !== "string" || !isNumber(size)) continue;
    after = changeAt(after, componentsOf(path), (value) => (isArray(value) ? value.slice(0, toDouble(size)) : value));
  }
  const removed = description.get("removedFields");
  for (const path of isArray(removed) ? removed : [])
    if (typeof path === "string") after = changeAt(after, componentsOf(path), () => undefined);
  const updated = description.get("updatedFields");
  for (const [path, value] of updated instanceof Document ? updated.fields() : [])
    after = changeAt(after, componentsOf(path), () => value);
  return after instanceof Document ? after : before;
}

/** Places in arrays are told as numbers. */
const nameOf = (component: Value): string =>
  isNumber(component) ? String(toDouble(component)) : typeof component === "string" ? component : "";

/** The value with what lies at a path replaced; undefined removes a field. A number is an index where there is an array. */
function changeAt(
  value: Value | undefined,
  path: readonly string[],
  change: (old: Value | undefined) => Value | undefined,
): Value {
  const [name = "", ...rest] = path;
  const next = (old: Value | undefined) => (rest.length === 0 ? change(old) : changeAt(old, rest, change));
  if (isArray(value)) {
    const items = [...value];
    const index = Number(name);
    while (items.length < index) items.push(null);
    items[index] = next(items[index]) ?? null;
    return items;
  }
  const fields = new Map(value instanceof Document ? value.fields() : []);
  const changed = next(fields.get(name));
  if (changed === undefined) fields.delete(name);
  else fields.set(name, changed);
  return Document.of(fields);
}

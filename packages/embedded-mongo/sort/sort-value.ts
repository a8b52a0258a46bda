import { type CompareStrings, compareValues } from "../values/compare.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { fieldReader } from "../values/field-reader.ts";
import { isIndex, splitPath } from "../values/path.ts";
import { bsonUndefined } from "../values/scalars.ts";

/**
 * What a document sorts by at a path (manual, "Comparison/Sort Order", Arrays): of several values the least when rising, the greatest when falling; an
 * empty array is BSON's undefined, which is below null; nothing there is null.
 */
export function compileSortValue(
  path: string,
  direction: 1 | -1,
  strings: CompareStrings | undefined,
): (document: Document) => Value {
  const components = splitPath(path);
  const first = fieldReader(components[0] ?? "");
  return (document) => {
    const value = first(document);
    if (components.length === 1 && !isArray(value)) return value ?? null;
    let best: Value | undefined;
    collect(value, components, 1, (candidate) => {
      const order = best === undefined ? -1 : compareValues(candidate, best, strings) * direction;
      if (order < 0) best = candidate;
    });
    return best ?? null;
  };
}

/** The keys of an index on the path: `value` is what lies at the components before `at`. */
function collect(value: Value | undefined, path: readonly string[], at: number, take: (value: Value) => void): void {
  if (at === path.length) {
    if (!isArray(value)) take(value ?? null);
    else if (value.length === 0) take(bsonUndefined);
    else for (const item of value) take(item);
    return;
  }
  const component = path[at] ?? "";
  if (value instanceof Document) collect(value.get(component), path, at + 1, take);
  else if (isArray(value)) collectFromArray(value, path, at, take);
  else take(null);
}

function collectFromArray(
  items: readonly Value[],
  path: readonly string[],
  at: number,
  take: (value: Value) => void,
): void {
  const component = path[at] ?? "";
  const item = isIndex(component) ? items[Number(component)] : undefined;
  if (item !== undefined) {
    collect(item, path, at + 1, take);
    return;
  }
  if (items.length === 0) take(null);
  for (const each of items) {
    if (each instanceof Document) collect(each.get(component), path, at + 1, take);
    else take(null);
  }
}

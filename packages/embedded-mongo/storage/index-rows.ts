import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { emptyArrayKey } from "./key-encoding.ts";

/** The values of one index key, in the order of the index's fields; undefined where the field is missing. */
export type IndexRow = readonly (Value | undefined)[];

export interface IndexRows {
  readonly rows: readonly IndexRow[];
  /** Whether an array was expanded. */
  readonly isMultikey: boolean;
}

/**
 * What a document gives an index on these paths: one row, or one for each element of an array that lies on the paths; an array inside of an
 * array is one value (manual, "Multikey Indexes"). @throws MongoError CannotIndexParallelArrays when two arrays would have to be multiplied
 */
export function indexRows(document: Document, paths: readonly (readonly string[])[]): IndexRows {
  const rows: IndexRow[] = [];
  const pending = paths.map((path, field) => ({ field, path, at: 0 }));
  const isMultikey = expand(document, pending, new Array(paths.length).fill(undefined), rows);
  return { rows, isMultikey };
}

/** A field whose value is still looked for: behind the first `at` names of its path. */
interface Pending {
  readonly field: number;
  readonly path: readonly string[];
  readonly at: number;
}

function expand(
  source: Document | undefined,
  pending: readonly Pending[],
  known: readonly (Value | undefined)[],
  rows: IndexRow[],
): boolean {
  const row = [...known];
  let items: readonly Value[] | undefined;
  const below: Pending[] = [];
  for (const each of pending) {
    const found = follow(source, each);
    if (!isArray(found.value)) {
      row[each.field] = found.value;
      continue;
    }
    refuseParallel(below[0], { ...each, at: found.at });
    items = found.value;
    below.push({ ...each, at: found.at });
  }
  if (!items) {
    rows.push(row);
    return false;
  }
  for (const item of items.length === 0 ? [emptyArrayKey] : items) {
    for (const each of below) if (each.at === each.path.length) row[each.field] = item;
    const further = below.filter((each) => each.at < each.path.length);
    expand(item instanceof Document ? item : undefined, further, row, rows);
  }
  return true;
}

/** Goes along a path up to its end or to an array. */
function follow(source: Document | undefined, { path, at }: Pending): { value: Value | undefined; at: number } {
  let value: Value | undefined = source;
  for (let place = at; ; place++) {
    if (isArray(value)) {
      const name = path[place] ?? "";
      if (!isPosition(name)) return { value, at: place };
      refuseAmbiguous(value, name);
      value = value[Number(name)];
    } else if (place === path.length) {
      return { value, at: place };
    } else if (value instanceof Document) {
      value = value.get(path[place] ?? "");
    } else {
      return { value: undefined, at: path.length };
    }
  }
}

/** Whether a name in a path can be a place in an array. */
export const isPosition = (name: string): boolean => /^(?:0|[1-9][0-9]*)$/.test(name);

function refuseAmbiguous(items: readonly Value[], name: string): void {
  if (items.some((item) => item instanceof Document && item.has(name))) {
    const message = `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}'`;
    throw new MongoError(16746, message);
  }
}

function refuseParallel(first: Pending | undefined, second: Pending): void {
  if (!first) return;
  const [a, b] = [first, second].map(({ path, at }) => path.slice(0, at).join("."));
  if (a !== b) throw new MongoError("CannotIndexParallelArrays", `cannot index parallel arrays [${b}] [${a}]`);
}

import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { emptyArrayKey } from "./key-encoding.ts";
import { isTrue } from "./parse-index.ts";
import type { IndexInfo } from "./store.ts";

interface WildcardParts {
  readonly rows: readonly (readonly Value[])[];
  readonly isMultikey: boolean;
}

/**
 * A wildcard index has two parts for each value that is no document: its path, and the value (manual, "Wildcard Indexes"). Elements of an array
 * have the array's path; an array inside of an array is one value.
 */
export function wildcardPairs(path: string, info: IndexInfo): (document: Document) => WildcardParts {
  const isWanted = wantedPaths(path, info);
  return (document) => {
    const walk: Walk = { rows: [], isMultikey: false, isWanted };
    addFields(document, "", walk);
    return walk;
  };
}

interface Walk {
  readonly rows: Value[][];
  isMultikey: boolean;
  readonly isWanted: (path: string) => "all" | "some" | "none";
}

function addFields(document: Document, prefix: string, walk: Walk): void {
  for (const [name, value] of document.fields()) {
    const path = `${prefix}${name}`;
    if (walk.isWanted(path) !== "none") addValue(value, path, walk);
  }
}

function addValue(value: Value, path: string, walk: Walk): void {
  if (value instanceof Document && value.size > 0) {
    addFields(value, `${path}.`, walk);
  } else if (isArray(value)) {
    walk.isMultikey = true;
    for (const item of value) {
      if (isArray(item)) addPair(path, item, walk);
      else addValue(item, path, walk);
    }
    if (value.length === 0) addPair(path, emptyArrayKey, walk);
  } else {
    addPair(path, value, walk);
  }
}

function addPair(path: string, value: Value, walk: Walk): void {
  if (walk.isWanted(path) === "all") walk.rows.push([path, value]);
}

/** Which paths the index is of: all below its own, or those of its `wildcardProjection`. */
function wantedPaths(path: string, { specification }: IndexInfo): Walk["isWanted"] {
  const root = path === "$**" ? undefined : path.slice(0, -".$**".length);
  if (root !== undefined) return (each) => place(each, [root]);
  const projection = specification.get("wildcardProjection");
  if (!(projection instanceof Document)) return (each) => (each === "_id" ? "none" : "all");
  const named = [...projection.fields()].filter(([name]) => name !== "_id");
  const paths = named.map(([name]) => name);
  const hasId = isTrue(projection.get("_id"));
  const isIncluding = named.length > 0 ? isTrue(named[0]?.[1]) : hasId;
  return (each) => {
    if (each === "_id" || each.startsWith("_id.")) return hasId ? "all" : "none";
    const found = place(each, paths);
    if (isIncluding) return found;
    return found === "all" ? "none" : "all";
  };
}

/** Whether a path lies at or below one of these, above one, or beside them. */
function place(path: string, roots: readonly string[]): "all" | "some" | "none" {
  if (roots.some((root) => path === root || path.startsWith(`${root}.`))) return "all";
  return roots.some((root) => root.startsWith(`${path}.`)) ? "some" : "none";
}

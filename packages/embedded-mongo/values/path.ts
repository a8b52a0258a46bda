import { Document, type Value } from "./document.ts";
import { isArray } from "./encode.ts";

/** The components of a dotted path. */
export const splitPath = (path: string): readonly string[] => path.split(".");

/** Whether a path component can be an index of an array: digits without a leading zero. */
export const isIndex = (component: string): boolean => /^(?:0|[1-9][0-9]*)$/.test(component);

/**
 * Sees what lies at a path. `index` is the place in the outermost array that the path entered without naming the place: what the positional
 * operator `$` stands for. True ends the walk.
 */
export type Visit = (value: Value | undefined, index: number | undefined) => boolean;

/** What happens with an array at the end of a path: `elements` visits each of them, and then the array; `whole` the array alone. */
export type LeafArrays = "elements" | "whole";

/**
 * Visits all values at a path as a query sees them (manual, "Query an Array", "Query an Array of Embedded Documents"): a component applies to
 * each document of an array, an index also to the array's element; where a document lacks the field, undefined. Arrays directly in arrays are
 * entered by an index alone. True when a visit was.
 */
export function visitPath(document: Document, path: readonly string[], leaf: LeafArrays, visit: Visit): boolean {
  return inDocument(document, path, 0, undefined, { leaf, visit });
}

interface Walk {
  readonly leaf: LeafArrays;
  readonly visit: Visit;
}

function inDocument(
  document: Document,
  path: readonly string[],
  at: number,
  index: number | undefined,
  walk: Walk,
): boolean {
  const value = document.get(path[at] ?? "");
  if (at === path.length - 1) return atEnd(value, index, walk);
  if (value instanceof Document) return inDocument(value, path, at + 1, index, walk);
  if (isArray(value)) return inArray(value, path, at + 1, index, walk);
  return walk.visit(undefined, index);
}

function atEnd(value: Value | undefined, index: number | undefined, { leaf, visit }: Walk): boolean {
  if (leaf === "elements" && isArray(value)) {
    for (let each = 0; each < value.length; each++) if (visit(value[each], index ?? each)) return true;
  }
  return visit(value, index);
}

function inArray(
  items: readonly Value[],
  path: readonly string[],
  at: number,
  index: number | undefined,
  walk: Walk,
): boolean {
  const component = path[at] ?? "";
  for (let each = 0; each < items.length; each++) {
    const item = items[each];
    if (item instanceof Document && inDocument(item, path, at, index ?? each, walk)) return true;
    if (String(each) === component && atIndex(item, path, at, index, walk)) return true;
  }
  return false;
}

function atIndex(
  item: Value | undefined,
  path: readonly string[],
  at: number,
  index: number | undefined,
  walk: Walk,
): boolean {
  if (at === path.length - 1) return walk.visit(item, index);
  if (item instanceof Document) return inDocument(item, path, at + 1, index, walk);
  return isArray(item) && inArray(item, path, at + 1, index, walk);
}

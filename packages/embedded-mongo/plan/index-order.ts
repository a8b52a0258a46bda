import type { SortPart } from "../sort/sort-order.ts";
import type { IndexInfo } from "../storage/store.ts";
import { isEverything, isPoint } from "./intervals.ts";
import type { FieldBounds } from "./plan.ts";

/**
 * Whether reading the index forward or backward gives the order of a sort: fields with one value are skipped on either side, the others must
 * follow each other in the index's directions or in their contraries. Undefined: neither does.
 */
export function orderFromIndex(
  index: IndexInfo,
  bounds: readonly FieldBounds[],
  sort: readonly SortPart[],
): "forward" | "backward" | undefined {
  const isFixed = fixedFields(index, bounds);
  let at = 0;
  let turn: 1 | -1 | undefined;
  for (const part of sort) {
    if (part.meta !== undefined) return undefined;
    if (index.key.some(([path], field) => path === part.path && isFixed[field]) && !index.isMultikey) continue;
    while (isFixed[at] && index.key[at]?.[0] !== part.path) at++;
    const [path, direction] = index.key[at] ?? [];
    if (path !== part.path || typeof direction !== "number" || !isWholeOrder(index, bounds, at)) return undefined;
    const wanted = direction === part.direction ? 1 : -1;
    if (turn !== undefined && turn !== wanted) return undefined;
    turn = wanted;
    at++;
  }
  return turn === -1 ? "backward" : "forward";
}

// More scans side by side than this cost more than sorting (MongoDB's internalQueryMaxScansToExplode).
const maxMerged = 200;

/**
 * The same where leading fields have several values each (`$in`): read side by side, one scan for each, their entries can be merged. `fields` is
 * how many fields tell the scans apart.
 */
export function orderByMerging(
  index: IndexInfo,
  bounds: readonly FieldBounds[],
  sort: readonly SortPart[],
): { readonly order: "forward" | "backward"; readonly fields: number } | undefined {
  const fields = index.key.findIndex(([path]) => path === sort[0]?.path);
  if (fields < 1) return undefined;
  const leading = bounds.slice(0, fields);
  if (!leading.every(({ intervals }) => intervals.length > 0 && intervals.every(isPoint))) return undefined;
  if (leading.reduce((product, { intervals }) => product * intervals.length, 1) > maxMerged) return undefined;
  if (sort.some(({ path }) => leading.some((field) => field.path === path))) return undefined;
  const single = bounds.map((field, at) =>
    at < fields ? { ...field, intervals: field.intervals.slice(0, 1) } : field,
  );
  const order = orderFromIndex(index, single, sort);
  return order && { order, fields };
}

/** Fields that have one value in all that is found. With arrays an entry with another value may come first, unless the scan leaves it out. */
function fixedFields(index: IndexInfo, bounds: readonly FieldBounds[]): readonly boolean[] {
  const isFixed = bounds.map(({ intervals: [only, ...others] }) => !!only && others.length === 0 && isPoint(only));
  const end = isFixed.indexOf(false);
  return index.isMultikey && end >= 0 ? isFixed.map((each, at) => each && at < end) : isFixed;
}

/**
 * A document with an array sorts by its least or greatest element, whether that meets the filter or not: the entries of an array tell it only
 * when none of them is left out.
 */
function isWholeOrder(index: IndexInfo, bounds: readonly FieldBounds[], at: number): boolean {
  const field = bounds[at];
  if (!index.isMultikey || !field) return true;
  const [root] = field.path.split(".");
  return bounds.every((other) => other.path.split(".")[0] !== root || isEverything(other.intervals));
}

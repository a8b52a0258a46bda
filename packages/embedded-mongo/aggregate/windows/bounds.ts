import { MongoError } from "../../errors/mongo-error.ts";
import { add } from "../../values/arithmetic.ts";
import { compareValues } from "../../values/compare.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { DateValue } from "../../values/scalars.ts";
import { addUnits, type TimeUnit, timeUnitOf } from "../dates/time-unit.ts";
import { utc } from "../dates/time-zone.ts";
import { asInteger, typeName } from "../expressions/values.ts";

type Bound = "unbounded" | "current" | NumberValue;

/** A window: so many documents, or a range of the sorted field, around the current document. */
export interface Bounds {
  readonly kind: "documents" | "range";
  readonly from: Bound;
  readonly to: Bound;
  readonly unit: TimeUnit | undefined;
}

/** @throws MongoError FailedToParse for a malformed window */
export function readBounds(window: Value | undefined, sortFields: number): Bounds | undefined {
  if (window === undefined) return undefined;
  if (!(window instanceof Document)) throw new MongoError("FailedToParse", "'window' field must be an object");
  for (const name of window.fields().keys()) {
    if (!["documents", "range", "unit"].includes(name)) {
      throw new MongoError(
        "FailedToParse",
        `'window' field may only specify 'documents', 'range' or 'unit', found ${name}`,
      );
    }
  }
  const [documents, range, unit] = ["documents", "range", "unit"].map((name) => window.get(name));
  if (documents !== undefined && range !== undefined) {
    throw new MongoError("FailedToParse", "Window bounds can specify either 'documents' or 'unit', not both.");
  }
  if (documents === undefined && range === undefined) {
    if (unit === undefined) return undefined;
    throw new MongoError("FailedToParse", "Window bounds can only specify 'unit' with range-based bounds.");
  }
  const kind = documents === undefined ? "range" : "documents";
  if (kind === "documents" && unit !== undefined) {
    throw new MongoError("FailedToParse", "Window bounds can only specify 'unit' with range-based bounds.");
  }
  if (kind === "range" && sortFields !== 1) {
    throw new MongoError(5339902, "Range-based window require sortBy a single field");
  }
  const [from, to] = readPair(documents ?? range ?? null, kind);
  return { kind, from, to, unit: unit === undefined ? undefined : timeUnitOf(unit, "window") };
}

function readPair(value: Value, kind: string): readonly [Bound, Bound] {
  if (!isArray(value) || value.length !== 2) {
    throw new MongoError("FailedToParse", "Window bounds must be a 2-element array");
  }
  const [from = "unbounded", to = "unbounded"] = value.map((bound) => readBound(bound, kind));
  if (isNumber(from) && isNumber(to) && toDouble(from) > toDouble(to)) {
    throw new MongoError(5339900, "Lower bound must not exceed upper bound");
  }
  return [from, to];
}

function readBound(bound: Value, kind: string): Bound {
  if (bound === "unbounded" || bound === "current") return bound;
  if (kind === "documents" ? asInteger(bound) !== undefined : isNumber(bound)) return bound as NumberValue;
  throw new MongoError(
    "FailedToParse",
    `Window bounds expect a number, "current" or "unbounded", found ${typeName(bound)}`,
  );
}

/** Finds the window of each document in a sorted partition. */
export function windowFinder(
  bounds: Bounds | undefined,
  count: number,
  sortValue: (index: number) => Value | undefined,
): (index: number) => readonly [number, number] {
  if (!bounds) return () => [0, count];
  if (bounds.kind === "range") return rangeFinder(bounds, count, sortValue);
  const offset = (bound: Bound, unbounded: number, index: number) =>
    bound === "unbounded" ? unbounded : index + (bound === "current" ? 0 : toDouble(bound));
  return (index) => {
    const from = Math.max(0, offset(bounds.from, 0, index));
    const to = Math.min(count, offset(bounds.to, count - 1, index) + 1);
    return [Math.min(from, count), Math.max(from, to)];
  };
}

function rangeFinder(
  { from, to, unit }: Bounds,
  count: number,
  sortValue: (index: number) => Value | undefined,
): (index: number) => readonly [number, number] {
  const valueAt = (index: number): Value => sortValue(index) ?? null;
  return (index) => {
    const current = valueAt(index);
    checkSortValue(current, unit);
    const low = from === "unbounded" ? undefined : shift(current, from, unit);
    const high = to === "unbounded" ? undefined : shift(current, to, unit);
    const start = low === undefined ? 0 : firstWhere(count, (at) => compareValues(valueAt(at), low) >= 0);
    const end = high === undefined ? count : firstWhere(count, (at) => compareValues(valueAt(at), high) > 0);
    return [start, Math.max(start, end)];
  };
}

function checkSortValue(value: Value, unit: TimeUnit | undefined): void {
  if (unit === undefined ? isNumber(value) : value instanceof DateValue) return;
  const wanted = unit === undefined ? "numeric" : "date";
  throw new MongoError(
    unit === undefined ? 5429414 : 5429513,
    `Invalid range: Expected the sortBy field to be a ${wanted === "date" ? "Date" : "number"}, but it was ${typeName(value)}`,
  );
}

function shift(value: Value, by: Bound, unit: TimeUnit | undefined): Value {
  if (by === "current" || by === "unbounded") return value;
  if (value instanceof DateValue && unit) return new DateValue(addUnits(value.ms, unit, toDouble(by), utc));
  return isNumber(value) ? add(value, by) : value;
}

/** The first index that passes; all behind it pass as well. */
function firstWhere(count: number, passes: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

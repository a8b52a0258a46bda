import type { Collation } from "../collation/collation.ts";
import { compareValues } from "../values/compare.ts";
import type { Value } from "../values/document.ts";
import { Int32, ObjectIdValue, SymbolValue } from "../values/scalars.ts";
import type { FieldTest, TextPattern } from "./expression.ts";

/** Whether a value is in a list: simple ones by a hash, the others by bisection of the list in order. */
export function inTest(
  values: readonly Value[],
  patterns: readonly TextPattern[],
  collation: Collation | undefined,
): FieldTest {
  const strings = collation?.compare;
  const sorted = [...values].sort((left, right) => compareValues(left, right, strings));
  const hasNull = values.includes(null);
  const hashes = new Set(values.map((value) => hashOf(value, collation)).filter((hash) => hash !== undefined));
  return (value) => {
    if (value === undefined) return hasNull;
    const hash = hashOf(value, collation);
    if (hash !== undefined && hashes.has(hash)) return true;
    if (typeof value === "string" && !collation) return patterns.some((pattern) => pattern.test(value));
    return includes(sorted, value, strings) || patternsMatch(patterns, value);
  };
}

/** Equal hashes mean equal values. */
function hashOf(value: Value, collation: Collation | undefined): string | number | undefined {
  if (typeof value === "string") return collation ? undefined : `s${value}`;
  if (value instanceof SymbolValue) return collation ? undefined : `s${value.text}`;
  if (value instanceof Int32) return value.value;
  if (value instanceof ObjectIdValue) return `o${value.id.toString("latin1")}`;
  return undefined;
}

function includes(sorted: readonly Value[], value: Value, strings: Collation["compare"] | undefined): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compareValues(value, sorted[middle] ?? null, strings);
    if (order === 0) return true;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}

function patternsMatch(patterns: readonly TextPattern[], value: Value): boolean {
  const text = typeof value === "string" ? value : value instanceof SymbolValue ? value.text : undefined;
  return text !== undefined && patterns.some((pattern) => pattern.test(text));
}

import type { Collation } from "../collation/collation.ts";
import { encodeKeyPart } from "../storage/key-encoding.ts";
import type { IndexDirection, IndexInfo, KeyRange } from "../storage/store.ts";
import type { Value } from "../values/document.ts";
import { isEverything, isPoint } from "./intervals.ts";
import type { FieldBounds, Interval } from "./plan.ts";

/** More ranges than this cost more than the entries that they leave out. */
const maxRanges = 20_000;

/** An end that is longer than this may have been cut in the index: what is equal to it is looked at too. */
const maxExactBytes = 900;

/** The byte ranges of an index's bounds. */
export interface RangePlan {
  /** In ascending order of keys and apart. */
  readonly ranges: readonly KeyRange[];
  /** How many leading fields the ranges narrow completely. */
  readonly depth: number;
  /** How many leading fields have points only: entries of one range are in the order of the fields behind them. */
  readonly equalities: number;
  /** Whether the ranges hold nothing outside the bounds of these fields. */
  readonly isExact: boolean;
  /** The bytes of the keys' parts of the first fields that all ranges of one group share: by the points of these fields. */
  readonly prefixLengths: readonly number[];
}

/** Joins the points of leading fields, then adds the intervals of one more field; later fields cannot narrow a range of bytes. */
export function keyRanges(
  index: IndexInfo,
  bounds: readonly FieldBounds[],
  collation?: Collation,
  groupFields = 0,
): RangePlan {
  let prefixes: readonly Buffer[] = [Buffer.alloc(0)];
  let prefixLengths: readonly number[] = [0];
  let isExact = true;
  for (const [at, { intervals }] of bounds.entries()) {
    if (at === groupFields) prefixLengths = prefixes.map(({ length }) => length);
    const direction = index.key[at]?.[1] ?? 1;
    const encode = (value: Value) => {
      const part = encodeKeyPart(value, direction, collation);
      if (part.length > maxExactBytes) isExact = false;
      return part;
    };
    const ordered = direction === -1 ? [...intervals].reverse() : intervals;
    const isTooMuch = prefixes.length * intervals.length > maxRanges;
    if (isTooMuch || isEverything(intervals))
      return { ranges: prefixes.map(below), depth: at, equalities: at, isExact, prefixLengths };
    if (!intervals.every(isPoint)) {
      const ranges = prefixes.flatMap((prefix) => ordered.map((each) => rangeOf(prefix, each, direction, encode)));
      return { ranges, depth: at + 1, equalities: at, isExact, prefixLengths };
    }
    const parts = ordered.map(({ from }) => encode(from));
    prefixes = prefixes.flatMap((prefix) => parts.map((part) => Buffer.concat([prefix, part])));
  }
  const depth = bounds.length;
  return { ranges: prefixes.map(below), depth, equalities: depth, isExact, prefixLengths };
}

function rangeOf(
  prefix: Buffer,
  { from, to, isFromIncluded, isToIncluded }: Interval,
  direction: IndexDirection,
  encode: (value: Value) => Buffer,
): KeyRange {
  const lower = { part: encode(from), isIncluded: isFromIncluded };
  const upper = { part: encode(to), isIncluded: isToIncluded };
  const [first, last] = direction === -1 ? [upper, lower] : [lower, upper];
  return {
    from: Buffer.concat([prefix, first.part]),
    isFromIncluded: first.isIncluded || first.part.length > maxExactBytes,
    to: Buffer.concat([prefix, last.part]),
    isToIncluded: last.isIncluded || last.part.length > maxExactBytes,
  };
}

/** All keys that begin with these bytes. */
function below(prefix: Buffer): KeyRange {
  const end = prefix.length === 0 ? undefined : prefix;
  return { from: end, isFromIncluded: true, to: end, isToIncluded: true };
}

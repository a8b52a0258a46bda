import { parseCollation } from "../collation/collation.ts";
import { MongoError } from "../errors/mongo-error.ts";
import { encodeKeyPart } from "../storage/key-encoding.ts";
import type { IndexInfo } from "../storage/store.ts";
import type { Document } from "../values/document.ts";
import type { Hint } from "./hint.ts";
import { everything } from "./intervals.ts";
import type { IndexScan } from "./plan.ts";

/** `min` and `max` of a find: the keys of the hinted index from one, included, to the other one, excluded (manual, "cursor.min()"). */
export interface KeyLimits {
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
}

/** The scan between the limits; undefined when there are none. @throws MongoError 51173, 51174 without the hint of an index that has their fields */
export function planBetween({ min, max }: KeyLimits, hint: Hint | undefined): IndexScan | undefined {
  if (!min && !max) return undefined;
  if (hint?.kind !== "index") {
    throw new MongoError(51173, "When using min()/max() a hint of which index to use must be provided");
  }
  const { index } = hint;
  return {
    kind: "index",
    index,
    bounds: index.key.map(([path]) => ({ path, intervals: everything })),
    ranges: [{ from: keyOf(index, min), isFromIncluded: true, to: keyOf(index, max), isToIncluded: false }],
    isReverse: false,
    isExact: false,
  };
}

function keyOf(index: IndexInfo, limit: Document | undefined): Buffer | undefined {
  if (!limit) return undefined;
  const collation = parseCollation(index.collation);
  const names = [...limit.fields().keys()];
  if (names.join() !== index.key.map(([path]) => path).join()) {
    throw new MongoError(51174, "The index of the hint does not have the fields of min()/max()");
  }
  return Buffer.concat(index.key.map(([path, direction]) => encodeKeyPart(limit.get(path), direction, collation)));
}

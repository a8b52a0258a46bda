import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import type { Document, Value } from "../values/document.ts";

/** How much a capped collection keeps. */
export interface Cap {
  readonly maxBytes: number;
  readonly maxDocuments: number;
}

/** What `create` was told; undefined for a collection that keeps everything. */
export function capOf(options: Document): Cap | undefined {
  if (options.get("capped") !== true) return undefined;
  return { maxBytes: limitOf(options.get("size")), maxDocuments: limitOf(options.get("max")) };
}

/** No limit where there is none, or one that is not above zero. */
function limitOf(value: Value | undefined): number {
  if (!isNumber(value)) return Number.POSITIVE_INFINITY;
  const number = toDouble(value);
  return number > 0 ? number : Number.POSITIVE_INFINITY;
}

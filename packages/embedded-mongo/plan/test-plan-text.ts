import type { Document as Plain } from "mongodb";
import { parseIndex } from "../storage/parse-index.ts";
import { fromPlain } from "../testing/plain.ts";
import { emptyDocument } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { formatInterval } from "./describe-plan.ts";
import type { Access, IndexScan } from "./plan.ts";
import { type PlanRequest, planQuery } from "./plan-query.ts";

/** An index as a test writes it. */
export interface PlannedIndex {
  readonly key: Plain;
  readonly options?: Plain;
  readonly isMultikey?: boolean;
}

/** The plan of a query as one line. */
export function planText(request: PlanRequest, indexes: readonly PlannedIndex[]): string {
  const { access, isSorted } = planQuery(request, {
    namespace: { database: "d", collection: "c" },
    uuid: Buffer.alloc(16),
    kind: "collection",
    options: emptyDocument,
    indexes: indexes.map(({ key, options, isMultikey }) => ({
      ...parseIndex(fromPlain({ v: 2, key, ...options })),
      isMultikey: isMultikey ?? false,
    })),
  });
  return `${accessText(access)}${isSorted && request.sort ? " sorted" : ""}`;
}

function accessText(access: Access): string {
  switch (access.kind) {
    case "nothing":
      return "nothing";
    case "id":
      return `id ${formatValue(access.id)}`;
    case "collection":
      return access.isReverse ? "collection backward" : "collection";
    case "union":
      return `union of ${access.scans.map(scanText).join(" | ")}`;
    case "index":
      return scanText(access);
    default:
      return access.kind;
  }
}

function scanText({ index, bounds, isReverse, isExact, mergedBehind }: IndexScan): string {
  const fields = bounds.map(
    ({ path, intervals }) => `${path}: ${intervals.map((each) => formatInterval(each, false)).join(" ")}`,
  );
  return `${index.name}${isReverse ? " backward" : ""} ${fields.join(" ")}${isExact ? " (exact)" : ""}${mergedBehind ? " merged" : ""}`;
}

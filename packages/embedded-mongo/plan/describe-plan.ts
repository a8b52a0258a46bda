import { Document, type Value } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { int32 } from "../values/scalars.ts";
import type { Access, FieldBounds, IndexScan, Interval } from "./plan.ts";

/** How a plan reads its records, as the stages of `explain` (manual, "Explain Results"). `filter` is what each record is asked afterwards. */
export function describeAccess(access: Access, filter: Document): Document {
  switch (access.kind) {
    case "nothing":
      return stage("EOF");
    case "id":
      return stage("IDHACK");
    case "collection":
      return stage("COLLSCAN", [...filterOf(filter), ["direction", access.isReverse ? "backward" : "forward"]]);
    case "index":
      return stage("FETCH", [...(access.isExact ? [] : filterOf(filter)), ["inputStage", describeSource(access)]]);
    case "union":
      return stage("FETCH", [
        ...filterOf(filter),
        ["inputStage", stage("OR", [["inputStages", access.scans.map(describeScan)]])],
      ]);
    case "text":
      return stage("TEXT_MATCH", [
        ["indexName", access.index.name],
        ["indexPrefix", Document.from([])],
        ["parsedTextQuery", Document.from([["terms", access.terms]])],
      ]);
    case "near":
      return stage(access.index.key.some(([, kind]) => kind === "2d") ? "GEO_NEAR_2D" : "GEO_NEAR_2DSPHERE", [
        ["keyPattern", access.index.specification.get("key") ?? null],
        ["indexName", access.index.name],
      ]);
  }
}

/** One scan, or several that are merged: these are told as one with all their bounds. */
const describeSource = (scan: IndexScan): Document =>
  scan.mergedBehind ? stage("SORT_MERGE", [["inputStages", [describeScan(scan)]]]) : describeScan(scan);

/** One stage of a plan. */
export const stage = (name: string, fields: readonly (readonly [string, Value])[] = []): Document =>
  Document.from([["stage", name], ...fields]);

const filterOf = (filter: Document): readonly (readonly [string, Value])[] =>
  filter.size === 0 ? [] : [["filter", filter]];

/** The stage of an index scan. */
function describeScan(scan: IndexScan): Document {
  const { index, bounds, isReverse } = scan;
  return stage("IXSCAN", [
    ["keyPattern", index.specification.get("key") ?? null],
    ["indexName", index.name],
    ["isMultiKey", index.isMultikey],
    ["isUnique", index.isUnique],
    ["isSparse", index.isSparse],
    ["isPartial", index.partialFilter !== undefined],
    ["indexVersion", int32(2)],
    ["direction", isReverse ? "backward" : "forward"],
    ["indexBounds", describeBounds(scan.index.key, bounds, isReverse)],
  ]);
}

function describeBounds(key: IndexScan["index"]["key"], bounds: readonly FieldBounds[], isReverse: boolean): Document {
  return Document.from(
    bounds.map(({ path, intervals }, at) => {
      const isDescending = (key[at]?.[1] === -1) !== isReverse;
      const texts = intervals.map((each) => formatInterval(each, isDescending));
      return [path, isDescending ? texts.reverse() : texts];
    }),
  );
}

/** `[1, 5)`, from the end where the scan begins. */
export function formatInterval({ from, to, isFromIncluded, isToIncluded }: Interval, isDescending: boolean): string {
  const low = { text: formatEnd(from), isIncluded: isFromIncluded };
  const high = { text: formatEnd(to), isIncluded: isToIncluded };
  const [first, last] = isDescending ? [high, low] : [low, high];
  return `${first.isIncluded ? "[" : "("}${first.text}, ${last.text}${last.isIncluded ? "]" : ")"}`;
}

function formatEnd(value: Value): string {
  if (value === Number.POSITIVE_INFINITY) return "inf.0";
  if (value === Number.NEGATIVE_INFINITY) return "-inf.0";
  return formatValue(value);
}

import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import type { IndexDirection, IndexInfo } from "./store.ts";

/** An index from its specification, as createIndexes checked it. */
export function parseIndex(specification: Document): IndexInfo {
  const key = documentAt(specification, "key") ?? emptyDocument;
  const parts = [...key.fields()].map(([path, direction]) => [path, directionOf(direction)] as const);
  const name = specification.get("name");
  const seconds = specification.get("expireAfterSeconds");
  return {
    name: typeof name === "string" ? name : defaultName(key),
    key: parts,
    isUnique: isTrue(specification.get("unique")) || (isIdKey(parts) && specification.get("unique") !== false),
    isSparse: isTrue(specification.get("sparse")),
    isHidden: isTrue(specification.get("hidden")),
    partialFilter: documentAt(specification, "partialFilterExpression"),
    expireAfterSeconds: plainNumber(seconds),
    collation: documentAt(specification, "collation"),
    isMultikey: false,
    specification,
  };
}

const isIdKey = ([first, second]: IndexInfo["key"]): boolean =>
  second === undefined && first !== undefined && first[0] === "_id" && first[1] === 1;

/** The name that drivers give: `a_1_b_-1`. */
const defaultName = (key: Document): string =>
  [...key.fields()].map(([path, direction]) => `${path}_${plainNumber(direction) ?? direction}`).join("_");

function directionOf(value: Value): IndexDirection {
  if (value === "text" || value === "2dsphere" || value === "2d" || value === "hashed") return value;
  return (plainNumber(value) ?? 1) < 0 ? -1 : 1;
}

/** True, or a number that is not zero. */
export const isTrue = (value: Value | undefined): boolean => value === true || (plainNumber(value) ?? 0) !== 0;

const plainNumber = (value: Value | undefined): number | undefined => (isNumber(value) ? toDouble(value) : undefined);

const documentAt = (document: Document, name: string): Document | undefined => {
  const value = document.get(name);
  return value instanceof Document ? value : undefined;
};

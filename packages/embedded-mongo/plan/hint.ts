import { MongoError } from "../errors/mongo-error.ts";
import type { CollectionInfo, IndexInfo } from "../storage/store.ts";
import { equalValues } from "../values/compare.ts";
import { Document, type Value } from "../values/document.ts";
import { Int32 } from "../values/scalars.ts";

/** A hint that was understood. */
export type Hint =
  | { readonly kind: "index"; readonly index: IndexInfo }
  | { readonly kind: "natural"; readonly isReverse: boolean };

/** Reads a hint: an index's name, its key, or `$natural`. Undefined when there is none. @throws MongoError BadValue when no index is meant */
export function readHint(hint: Value | undefined, info: CollectionInfo): Hint | undefined {
  if (hint === undefined || (hint instanceof Document && hint.size === 0)) return undefined;
  if (hint instanceof Document && hint.firstName === "$natural") {
    return { kind: "natural", isReverse: directionOf(hint.get("$natural")) === -1 };
  }
  const index = info.indexes.find((each) => isMeant(hint, each)) ?? clusteredIndex(hint, info);
  if (!index || index.isHidden) {
    throw new MongoError(
      "BadValue",
      "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index",
    );
  }
  return { kind: "index", index };
}

function isMeant(hint: Value, index: IndexInfo): boolean {
  if (typeof hint === "string") return index.name === hint;
  const key = index.specification.get("key");
  return hint instanceof Document && key instanceof Document && hasSameNames(hint, key) && equalValues(hint, key);
}

/** A clustered collection's index of `_id` has a name of its own (manual, "Clustered Collections"). */
function clusteredIndex(hint: Value, { options, indexes }: CollectionInfo): IndexInfo | undefined {
  const clustered = options.get("clusteredIndex");
  const isIt = clustered instanceof Document && clustered.get("name") === hint;
  return isIt ? indexes.find(({ name }) => name === "_id_") : undefined;
}

const hasSameNames = (left: Document, right: Document): boolean =>
  [...left.fields().keys()].join() === [...right.fields().keys()].join();

const directionOf = (value: Value | undefined): number =>
  Number(value instanceof Int32 ? value.value : typeof value === "number" || typeof value === "bigint" ? value : 1);

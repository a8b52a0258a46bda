import type { Flow } from "../aggregate/pipeline-context.ts";
import type { Operation } from "../server/operation.ts";
import type { CollectionReader } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { countRecords } from "./count-records.ts";
import type { Query } from "./prepare-query.ts";

/** Whether a stage asks no more of its documents than how many there are: what `countDocuments` of the drivers sends. */
export function onlyCounts(stage: Document | undefined): boolean {
  if (stage?.firstName === "$count") return true;
  const group = stage?.get("$group");
  if (!(group instanceof Document) || !isPlain(group.get("_id"))) return false;
  return [...group.fields()].every(([name, value]) => name === "_id" || isCount(value));
}

const isPlain = (value: Value | undefined): boolean => value === null || isNumber(value) || typeof value === "boolean";

function isCount(value: Value): boolean {
  if (!(value instanceof Document) || value.size !== 1) return false;
  return isNumber(value.get("$sum")) || value.has("$count");
}

const batch: readonly Document[] = Array.from({ length: 1024 }, () => emptyDocument);

/** As many empty documents as the query finds. */
export async function* countFlow(collection: CollectionReader, query: Query, operation: Operation): Flow {
  for await (const found of countRecords(collection, query, operation)) {
    for (let left = found; left > 0; left -= batch.length) yield left < batch.length ? batch.slice(0, left) : batch;
  }
}

import { emptyCollection } from "../../run/empty-collection.ts";
import { matchingRecords } from "../../run/matching-records.ts";
import { prepareQuery } from "../../run/prepare-query.ts";
import type { Namespace, Writer } from "../../storage/store.ts";
import type { Document, Value } from "../../values/document.ts";
import { fullName } from "../catalog/namespace-of.ts";
import { refuseView } from "./insert.ts";
import { queryOptions } from "./operation-options.ts";
import type { WriteRoom } from "./write-room.ts";

/** One deletion, as `delete`, `findAndModify` and `bulkWrite` say it. */
export interface DeleteStatement {
  readonly filter: Document;
  readonly isMulti: boolean;
  readonly hint: Value | undefined;
  readonly collation: Document | undefined;
  readonly sort?: Document | undefined;
}

/** What was deleted: how many, and the first one. */
export interface DeleteOutcome {
  readonly deleted: number;
  readonly first: Document | undefined;
}

/** Carries out one deletion. @throws MongoError for a malformed one */
export function deleteDocuments(
  room: WriteRoom,
  writer: Writer,
  namespace: Namespace,
  { filter, sort, hint, isMulti, collation }: DeleteStatement,
): DeleteOutcome {
  refuseView(writer.info(namespace)?.kind, fullName(namespace));
  const collection = writer.open(namespace);
  const options = queryOptions(room.shared, collation, collection?.info);
  const query = prepareQuery({ filter, sort, hint, isLimited: !isMulti }, collection?.info ?? emptyCollection, options);
  if (!collection) return { deleted: 0, first: undefined };
  const ids: number[] = [];
  for (const { id } of matchingRecords(collection, query, isMulti ? undefined : 1, room.check)) ids.push(id);
  let first: Document | undefined;
  for (const [at, id] of ids.entries()) {
    if (at % 64 === 63) room.check();
    const document = collection.get(id);
    if (!document) continue;
    first ??= document;
    collection.remove(id, document);
  }
  return { deleted: ids.length, first };
}

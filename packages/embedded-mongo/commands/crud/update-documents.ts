import { compileUpdatePipeline } from "../../aggregate/update-pipeline.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { emptyCollection } from "../../run/empty-collection.ts";
import { matchingRecords } from "../../run/matching-records.ts";
import { prepareQuery, type Query } from "../../run/prepare-query.ts";
import type { CollectionWriter, Namespace, StoredRecord, Writer } from "../../storage/store.ts";
import type { Update } from "../../update/compiled-update.ts";
import { compileUpdate } from "../../update/update.ts";
import { Document, type Value } from "../../values/document.ts";
import { encodeDocument, isArray } from "../../values/encode.ts";
import { fullName } from "../catalog/namespace-of.ts";
import { refuseView } from "./insert.ts";
import { insertDocument } from "./insert-document.ts";
import { newObjectId } from "./new-object-id.ts";
import { operatingWith, queryOptions } from "./operation-options.ts";
import { maxDocumentBytes, prepareInsert } from "./prepare-insert.ts";
import { refuseSeriesUpdate } from "./series-update.ts";
import { documentValidator } from "./validate-document.ts";
import type { WriteRoom } from "./write-room.ts";

/** One update, as `update`, `findAndModify` and `bulkWrite` say it. */
export interface UpdateStatement {
  readonly filter: Document;
  readonly update: Document | readonly Document[];
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
  readonly arrayFilters: readonly Document[] | undefined;
  readonly hint: Value | undefined;
  readonly collation: Document | undefined;
  /** `c`: variables of a pipeline. */
  readonly constants: Document | undefined;
  readonly sort: Document | undefined;
}

/** What an update did. */
export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  /** The inserted document, when nothing matched and the statement is an upsert. */
  readonly inserted: Document | undefined;
  /** The first document, before and after. */
  readonly first: { readonly before: Document; readonly after: Document } | undefined;
}

/** Carries out one update. @throws MongoError for a malformed or impossible one: what it did before stays */
export function updateDocuments(
  room: WriteRoom,
  writer: Writer,
  namespace: Namespace,
  statement: UpdateStatement,
): UpdateOutcome {
  const info = writer.info(namespace);
  refuseView(info?.kind, fullName(namespace));
  refuseSeriesUpdate(info, statement);
  const collection = writer.open(namespace);
  const { filter, sort, hint, isMulti, isUpsert, arrayFilters } = statement;
  const shared = operatingWith(room.shared, statement.constants);
  const options = queryOptions(shared, statement.collation, collection?.info);
  const runPipeline = (stages: readonly Document[]) =>
    compileUpdatePipeline(stages, { ...shared, collation: options.collation });
  const update = compileUpdate(statement.update, { ...options, arrayFilters, isUpsert, runPipeline });
  if (isMulti && update.kind === "replacement") {
    throw new MongoError("FailedToParse", "multi update is not supported for replacement-style update");
  }
  if (isMulti && sort) throw new MongoError("FailedToParse", "Cannot specify sort with multi=true");
  const query = prepareQuery({ filter, sort, hint, isLimited: !isMulti }, collection?.info ?? emptyCollection, options);
  const ids = collection ? matchingIds(collection, query, isMulti, room) : [];
  if (ids.length === 0 && isUpsert) return upsert(room, writer, namespace, update, query, shared.now.ms);
  return collection ? updateEach(room, collection, ids, update, query) : none;
}

const none: UpdateOutcome = { matched: 0, modified: 0, inserted: undefined, first: undefined };

/** Found before the first change: a changed document could come a second time. */
function matchingIds(
  collection: CollectionWriter,
  query: Query,
  isMulti: boolean,
  room: WriteRoom,
): readonly StoredRecord["id"][] {
  const ids: StoredRecord["id"][] = [];
  for (const { id } of matchingRecords(collection, query, isMulti ? undefined : 1, room.check)) ids.push(id);
  return ids;
}

function updateEach(
  room: WriteRoom,
  collection: CollectionWriter,
  ids: readonly StoredRecord["id"][],
  update: Update,
  query: Query,
): UpdateOutcome {
  const validator = room.bypasses ? undefined : documentValidator(collection.info, room.shared.now.ms);
  let modified = 0;
  let first: UpdateOutcome["first"];
  for (const [at, id] of ids.entries()) {
    if (at % 64 === 63) room.check();
    const before = collection.get(id);
    if (!before) continue;
    const result = update.apply(before, query.matcher);
    const after = result ? stored(result.after) : before;
    if (result) {
      validator?.update(before, after);
      collection.replace(id, before, after, result.description);
      modified++;
    }
    first ??= { before, after };
  }
  return { matched: ids.length, modified, inserted: undefined, first };
}

/** @throws MongoError 17419 */
function stored(document: Document): Document {
  const bytes = encodeDocument(document);
  if (bytes.length > maxDocumentBytes) {
    throw new MongoError(17419, `Resulting document after update is larger than ${maxDocumentBytes}`);
  }
  return Document.read(bytes);
}

function upsert(
  room: WriteRoom,
  writer: Writer,
  namespace: Namespace,
  update: Update,
  query: Query,
  nowMs: number,
): UpdateOutcome {
  const document = prepareInsert(
    update.onInsert(query.expression, () => newObjectId(nowMs)),
    nowMs,
  );
  insertDocument(room, writer, namespace, document);
  return { matched: 0, modified: 0, inserted: document, first: undefined };
}

/** An update's modification: a document, or the stages of a pipeline. @throws MongoError FailedToParse */
export function modificationOf(value: Value | undefined, name: string): Document | readonly Document[] {
  if (value instanceof Document) return value;
  if (isArray(value) && value.every((each) => each instanceof Document)) return value;
  throw new MongoError("FailedToParse", `${name} must be either a document or an array of documents`);
}

import { MongoError } from "../../errors/mongo-error.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { compileProjection } from "../../project/projection.ts";
import type { Writer } from "../../storage/store.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import { optionalBoolean, optionalDocument, optionalDocuments } from "../request-fields.ts";
import { deleteDocuments } from "./delete-documents.ts";
import { operating, queryOptions } from "./operation-options.ts";
import { modificationOf, type UpdateStatement, updateDocuments } from "./update-documents.ts";
import { type WriteRoom, writeRoom } from "./write-room.ts";

/** Changes or removes one document and returns it, as it was or as it is. */
export const findAndModify: Command = {
  name: "findAndModify",
  aliases: ["findandmodify"],
  access: "write",
  isWrite: true,
  isRetryableWrite: true,
  isAllowedInTransaction: true,
  fields: [
    "query",
    "sort",
    "remove",
    "update",
    "new",
    "fields",
    "upsert",
    "bypassDocumentValidation",
    "arrayFilters",
    "hint",
    "collation",
    "let",
    "stmtId",
  ],
  help: "Changes or removes one document and returns it.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, request.firstName ?? "findAndModify");
    const wanted = readRequest(request);
    const room = writeRoom(context, operating(context, optionalDocument(request, name, "let")), wanted.bypasses);
    return context.write((writer) => {
      const outcome = wanted.isRemoval
        ? remove(room, writer, namespace, wanted)
        : change(room, writer, namespace, wanted, modificationOf(request.get("update"), "Update argument"));
      return reply(outcome, projected(room, wanted, outcome.value, writer.info(namespace)?.options));
    });
  },
};

const name = "findAndModify";

type Request = ReturnType<typeof readRequest>;

function readRequest(request: Document) {
  const flag = (field: string) => optionalBoolean(request, name, field) ?? false;
  const wanted = {
    filter: optionalDocument(request, name, "query") ?? emptyDocument,
    sort: optionalDocument(request, name, "sort"),
    isRemoval: flag("remove"),
    returnsNew: flag("new"),
    fields: optionalDocument(request, name, "fields"),
    isUpsert: flag("upsert"),
    bypasses: flag("bypassDocumentValidation"),
    arrayFilters: optionalDocuments(request, name, "arrayFilters"),
    hint: request.get("hint"),
    collation: optionalDocument(request, name, "collation"),
  };
  const hasUpdate = request.has("update");
  if (wanted.isRemoval && hasUpdate) throw refused("Cannot specify both an update and remove=true");
  if (wanted.isRemoval && wanted.isUpsert) throw refused("Cannot specify both upsert=true and remove=true");
  if (wanted.isRemoval && wanted.returnsNew) {
    throw refused("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  }
  if (!wanted.isRemoval && !hasUpdate) throw refused("Either an update or remove=true must be specified");
  return wanted;
}

const refused = (message: string): MongoError => new MongoError("FailedToParse", message);

/** What happened, and the document to return. */
interface Outcome {
  readonly count: number;
  readonly updatedExisting: boolean | undefined;
  readonly upsertedId: Value | undefined;
  readonly value: Document | undefined;
}

function remove(
  room: WriteRoom,
  writer: Writer,
  namespace: Parameters<typeof deleteDocuments>[2],
  { filter, sort, hint, collation }: Request,
): Outcome {
  const { deleted, first } = deleteDocuments(room, writer, namespace, {
    filter,
    sort,
    hint,
    collation,
    isMulti: false,
  });
  return { count: deleted, updatedExisting: undefined, upsertedId: undefined, value: first };
}

function change(
  room: WriteRoom,
  writer: Writer,
  namespace: Parameters<typeof updateDocuments>[2],
  wanted: Request,
  update: UpdateStatement["update"],
): Outcome {
  const { filter, sort, hint, collation, isUpsert, arrayFilters, returnsNew } = wanted;
  const statement = { filter, sort, hint, collation, isUpsert, arrayFilters, update };
  const outcome = updateDocuments(room, writer, namespace, { ...statement, isMulti: false, constants: undefined });
  const { first, inserted } = outcome;
  const value = returnsNew ? (first?.after ?? inserted) : first?.before;
  return {
    count: first || inserted ? 1 : 0,
    updatedExisting: first !== undefined,
    upsertedId: inserted?.get("_id"),
    value,
  };
}

function projected(
  room: WriteRoom,
  { fields, filter, collation }: Request,
  value: Document | undefined,
  options: Document | undefined,
): Document | undefined {
  if (!value || !fields || fields.size === 0) return value;
  const query = queryOptions(room.shared, collation, options && { options });
  const matcher = compileMatcher(parseFilter(filter, query), query);
  return compileProjection(fields, { ...query, matcher }).apply(value);
}

function reply({ count, updatedExisting, upsertedId }: Outcome, value: Document | undefined): Document {
  return Document.from([
    [
      "lastErrorObject",
      Document.from([
        ["n", int32(count)],
        ...(updatedExisting === undefined ? [] : [["updatedExisting", updatedExisting] as const]),
        ...(upsertedId === undefined ? [] : [["upserted", upsertedId] as const]),
      ]),
    ],
    ["value", value ?? null],
    ["ok", 1],
  ]);
}

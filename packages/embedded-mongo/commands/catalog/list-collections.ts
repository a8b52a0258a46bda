import { isAllowed } from "../../auth/authorize.ts";
import { firstBatch, listSource } from "../../cursors/first-batch.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import { BinaryValue } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { operating, queryOptions } from "../crud/operation-options.ts";
import { optionalBoolean, optionalCount, optionalDocument } from "../request-fields.ts";

/**
 * Lists the collections and views of a database. Who may not read there can ask for the names of those that are the user's own to see, which
 * are none (manual, "listCollections", authorizedCollections).
 */
export const listCollections: Command = {
  name: "listCollections",
  access: (request, database) => {
    const isOwnOnly = request.get("authorizedCollections") === true && request.get("nameOnly") === true;
    return [{ access: isOwnOnly ? "login" : "inspect", database }];
  },
  fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
  help: "Lists collections and views.",
  run(context, request) {
    const { database } = context;
    const options = queryOptions(operating(context, undefined), undefined, undefined);
    const filter = optionalDocument(request, "listCollections", "filter") ?? emptyDocument;
    const matcher = compileMatcher(parseFilter(filter, options), options);
    const isNameOnly = optionalBoolean(request, "listCollections", "nameOnly") ?? false;
    const cursor = optionalDocument(request, "listCollections", "cursor") ?? emptyDocument;
    const isReader = isAllowed(context.server, context.connection, "inspect", database);
    const listed = (isReader ? context.reader().collections(database) : [])
      .map((info) => ({ whole: describe(info), brief: summary(info) }))
      .filter(({ whole }) => matcher.matches(whole))
      .map(({ whole, brief }) => (isNameOnly ? brief : whole));
    return firstBatch(context, { database, collection: "$cmd.listCollections" }, listSource(listed), {
      batchSize: optionalCount(cursor, "listCollections.cursor", "batchSize") ?? listed.length + 1,
    });
  },
};

const summary = ({ namespace, kind }: CollectionInfo): Document =>
  Document.from([
    ["name", namespace.collection],
    ["type", kind],
  ]);

function describe({ namespace, kind, options, uuid, indexes }: CollectionInfo): Document {
  const isView = kind === "view";
  const info = Document.from([["readOnly", isView], ...(isView ? [] : [["uuid", new BinaryValue(4, uuid)] as const])]);
  // A time series and a clustered collection have none (manual, "listCollections").
  const hasIdIndex = kind === "collection" && !options.has("clusteredIndex");
  const idIndex = hasIdIndex ? indexes.find(({ name }) => name === "_id_") : undefined;
  return Document.from([
    ["name", namespace.collection],
    ["type", kind],
    ["options", options],
    ["info", info],
    ...(idIndex ? [["idIndex", idIndex.specification] as const] : []),
  ]);
}

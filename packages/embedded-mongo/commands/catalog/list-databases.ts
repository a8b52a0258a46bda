import { isAllowed, unauthorized } from "../../auth/authorize.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Reader } from "../../storage/store.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { operating, queryOptions } from "../crud/operation-options.ts";
import { optionalBoolean, optionalDocument } from "../request-fields.ts";

/**
 * Lists the databases and their sizes: all to whoever may list them, otherwise those that the user may look into (manual, "listDatabases",
 * authorizedDatabases). @throws MongoError Unauthorized when all are asked for and may not be listed
 */
export const listDatabases: Command = {
  name: "listDatabases",
  access: "login",
  isAdminOnly: true,
  fields: ["filter", "nameOnly", "authorizedDatabases"],
  help: "Lists databases.",
  run(context, request) {
    const options = queryOptions(operating(context, undefined), undefined, undefined);
    const filter = optionalDocument(request, "listDatabases", "filter") ?? emptyDocument;
    const matcher = compileMatcher(parseFilter(filter, options), options);
    const isNameOnly = optionalBoolean(request, "listDatabases", "nameOnly") ?? false;
    const reader = context.reader();
    const isOwnOnly = optionalBoolean(request, "listDatabases", "authorizedDatabases");
    const listed = visible(context, reader.databases(), isOwnOnly)
      .toSorted()
      .map((name) => ({ name, bytes: sizeOf(reader, name) }))
      .filter(({ name, bytes }) => matcher.matches(describe(name, bytes)));
    const total = listed.reduce((sum, { bytes }) => sum + bytes, 0);
    return Document.from([
      [
        "databases",
        listed.map(({ name, bytes }) => (isNameOnly ? Document.from([["name", name]]) : describe(name, bytes))),
      ],
      ...(isNameOnly
        ? []
        : [
            ["totalSize", wholeNumber(total)] as const,
            ["totalSizeMb", wholeNumber(Math.floor(total / 1_048_576))] as const,
          ]),
      ["ok", 1],
    ]);
  },
};

function visible(
  { server, connection, database }: CommandContext,
  databases: readonly string[],
  isOwnOnly: boolean | undefined,
): readonly string[] {
  const seesAll = isAllowed(server, connection, "clusterMonitor", database);
  if (seesAll && isOwnOnly !== true) return databases;
  if (isOwnOnly === false) throw unauthorized("listDatabases", database);
  return databases.filter((name) => isAllowed(server, connection, "inspect", name));
}

const describe = (name: string, bytes: number): Document =>
  Document.from([
    ["name", name],
    ["sizeOnDisk", wholeNumber(bytes)],
    ["empty", false],
  ]);

function sizeOf(reader: Reader, database: string): number {
  let bytes = 0;
  for (const { namespace, indexes } of reader.collections(database)) {
    const collection = reader.open(namespace);
    if (!collection) continue;
    bytes += collection.byteSize();
    for (const { name } of indexes) bytes += collection.indexSize(name).bytes;
  }
  return bytes;
}

import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import type { Reader } from "../../storage/store.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { operating, queryOptions } from "../crud/operation-options.ts";
import { optionalBoolean, optionalDocument } from "../request-fields.ts";

/** Lists the databases and their sizes. */
export const listDatabases: Command = {
  name: "listDatabases",
  access: "clusterMonitor",
  isAdminOnly: true,
  fields: ["filter", "nameOnly", "authorizedDatabases"],
  help: "Lists databases.",
  run(context, request) {
    const options = queryOptions(operating(context, undefined), undefined, undefined);
    const filter = optionalDocument(request, "listDatabases", "filter") ?? emptyDocument;
    const matcher = compileMatcher(parseFilter(filter, options), options);
    const isNameOnly = optionalBoolean(request, "listDatabases", "nameOnly") ?? false;
    const reader = context.reader();
    const listed = [...reader.databases()]
      .sort()
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

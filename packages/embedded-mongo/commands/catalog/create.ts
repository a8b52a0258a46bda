import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace, Writer } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { checkCollectionOptions } from "./check-collection-options.ts";
import { checkView } from "./check-view.ts";
import { checkNewName, fullName, namespaceOf } from "./namespace-of.ts";

const optionNames = [
  "capped",
  "size",
  "max",
  "validator",
  "validationLevel",
  "validationAction",
  "viewOn",
  "pipeline",
  "collation",
  "timeseries",
  "expireAfterSeconds",
  "clusteredIndex",
  "changeStreamPreAndPostImages",
  "storageEngine",
  "indexOptionDefaults",
  "encryptedFields",
  "flags",
  "temp",
] as const;

/** Makes a collection or a view. Making it again with the same options changes nothing. */
export const create: Command = {
  name: "create",
  access: "structure",
  isWrite: true,
  isAllowedInTransaction: true,
  fields: [...optionNames, "autoIndexId", "idIndex"],
  help: "Makes a collection or a view.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "create");
    checkNewName(namespace);
    const options = checkCollectionOptions(givenOptions(request), namespace, context.clock.now());
    return context.write((writer) => {
      const existing = writer.info(namespace);
      if (existing) {
        if (equalValues(existing.options, options)) return ok;
        throw new MongoError("NamespaceExists", `Collection ${fullName(namespace)} already exists.`);
      }
      if (options.has("viewOn")) checkView(writer, namespace, options, context.clock.now());
      writer.create(namespace, options);
      const series = options.get("timeseries");
      if (series instanceof Document) indexSeries(writer, namespace, series);
      return ok;
    });
  },
};

/** By what is measured, and the time (manual, "Add Secondary Indexes to Time Series Collections"). */
function indexSeries(writer: Writer, namespace: Namespace, series: Document): void {
  const [meta, time] = [series.get("metaField"), series.get("timeField")];
  if (typeof meta !== "string" || typeof time !== "string") return;
  const specification = Document.from([
    ["v", int32(2)],
    [
      "key",
      Document.from([
        [meta, int32(1)],
        [time, int32(1)],
      ]),
    ],
    ["name", `${meta}_1_${time}_1`],
  ]);
  writer.createIndexes(namespace, [specification]);
}

const ok = Document.from([["ok", 1]]);

function givenOptions(request: Document): Document {
  const given: (readonly [string, Value])[] = [];
  for (const name of optionNames) {
    const value = request.get(name);
    if (value !== undefined && value !== null) given.push([name, value]);
  }
  return Document.from(given);
}

import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { changeIndex } from "./change-index.ts";
import { checkCollectionOptions, checkValidator } from "./check-collection-options.ts";
import { checkView } from "./check-view.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

const optionNames = [
  "validator",
  "validationLevel",
  "validationAction",
  "viewOn",
  "pipeline",
  "changeStreamPreAndPostImages",
  "expireAfterSeconds",
] as const;

/** Changes the options of a collection, a view or an index. */
export const collMod: Command = {
  name: "collMod",
  access: "dbAdmin",
  isWrite: true,
  fields: [...optionNames, "index", "cappedSize", "cappedMax", "timeseries", "dryRun"],
  help: "Changes the options of a collection.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "collMod");
    const nowMs = context.clock.now();
    return context.write((writer) => {
      const info = writer.info(namespace);
      if (!info) throw new MongoError("NamespaceNotFound", `ns does not exist: ${fullName(namespace)}`);
      const options = changedOptions(info, request, nowMs);
      if (info.kind === "view") checkView(writer, namespace, options, nowMs);
      const index = request.get("index");
      // One that changes nothing is told, too (manual, "modify Event").
      if (options !== info.options || index === undefined) writer.modify(namespace, options);
      const told = index instanceof Document ? changeIndex(writer, info, index) : [];
      return Document.from([...told, ["ok", 1]]);
    });
  },
};

function changedOptions(info: CollectionInfo, request: Document, nowMs: number): Document {
  const changes: (readonly [string, Value])[] = [];
  for (const name of optionNames) {
    const value = request.get(name);
    if (value !== undefined) changes.push([name, value]);
  }
  const size = request.get("cappedSize");
  const max = request.get("cappedMax");
  if ((size ?? max) !== undefined && info.options.get("capped") !== true) {
    throw new MongoError("InvalidOptions", "Collection must be capped.");
  }
  if (size !== undefined) changes.push(["size", size]);
  if (max !== undefined) changes.push(["max", max]);
  if (changes.length === 0) return info.options;
  refuseMisplaced(info, changes);
  const merged = new Map([...info.options.fields(), ...changes]);
  const validator = merged.get("validator");
  if (validator instanceof Document) {
    checkValidator(validator, info.namespace, nowMs);
    // An empty validator takes it away.
    if (validator.size === 0) merged.delete("validator");
  }
  return checkCollectionOptions(Document.of(merged), info.namespace, nowMs);
}

function refuseMisplaced({ kind, namespace }: CollectionInfo, changes: readonly (readonly [string, Value])[]): void {
  const isOfView = (name: string) => name === "viewOn" || name === "pipeline";
  const wrong = changes.find(([name]) => (kind === "view") !== isOfView(name));
  if (wrong) {
    throw new MongoError(
      "InvalidOptions",
      `option not supported on ${kind === "view" ? "a view" : "a collection"} ${fullName(namespace)}: ${wrong[0]}`,
    );
  }
}

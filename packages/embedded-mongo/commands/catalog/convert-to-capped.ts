import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { checkCollectionOptions } from "./check-collection-options.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Makes a collection capped; its oldest documents go when they do not fit, and its indexes but that of `_id` (manual, "convertToCapped"). */
export const convertToCapped: Command = {
  name: "convertToCapped",
  access: "structure",
  isWrite: true,
  fields: ["size"],
  help: "Makes a collection capped.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "convertToCapped");
    const size = request.get("size");
    if (size === undefined) throw new MongoError("InvalidOptions", "Capped collection size must be greater than zero");
    return context.write((writer) => {
      const source = writer.open(namespace);
      refuseView(writer.info(namespace)?.kind, fullName(namespace));
      if (!source) {
        throw new MongoError("NamespaceNotFound", `source collection ${fullName(namespace)} does not exist`);
      }
      const given = Document.from([...source.info.options.fields(), ["capped", true], ["size", size]]);
      const options = checkCollectionOptions(given, namespace, context.clock.now());
      const aside = { ...namespace, collection: `tmp.convertToCapped.${namespace.collection}` };
      writer.create(aside, options);
      const target = writer.openOrCreate(aside);
      for (const { document } of source.scan()) target.insert(document);
      writer.rename(aside, namespace, true);
      return Document.from([["ok", 1]]);
    });
  },
};

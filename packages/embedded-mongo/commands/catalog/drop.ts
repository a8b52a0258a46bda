import { wholeNumber } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Removes a collection with its indexes; one that is not there is no error (manual, "drop", since 7.0). */
export const drop: Command = {
  name: "drop",
  access: "structure",
  isWrite: true,
  fields: [],
  help: "Removes a collection.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "drop");
    return context.write((writer) => {
      const info = writer.info(namespace);
      if (!info) return Document.from([["ok", 1]]);
      writer.drop(namespace);
      return Document.from([
        ...(info.kind === "view" ? [] : [["nIndexesWas", wholeNumber(info.indexes.length)] as const]),
        ["ns", fullName(namespace)],
        ["ok", 1],
      ]);
    });
  },
};

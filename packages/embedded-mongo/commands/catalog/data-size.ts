import { wholeNumber } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { requiredString } from "../request-fields.ts";
import { parseNamespace } from "./namespace-of.ts";

/** The bytes of a collection's documents. */
export const dataSize: Command = {
  name: "dataSize",
  aliases: ["datasize"],
  access: "inspect",
  fields: ["keyPattern", "min", "max", "estimate"],
  help: "Tells the bytes of a collection's documents.",
  run(context, request) {
    const collection = context.reader().open(parseNamespace(requiredString(request, "dataSize", "dataSize")));
    return Document.from([
      ["size", wholeNumber(collection?.byteSize() ?? 0)],
      ["numObjects", wholeNumber(collection?.count() ?? 0)],
      ["millis", int32(0)],
      ["estimate", false],
      ["ok", 1],
    ]);
  },
};

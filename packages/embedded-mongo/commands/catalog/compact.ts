import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Says that nothing was freed: the space of what is removed goes to later data by itself (manual, "compact"). */
export const compact: Command = {
  name: "compact",
  access: "dbAdmin",
  fields: ["force", "dryRun", "freeSpaceTargetMB"],
  help: "Frees nothing: space is used again by itself.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "compact");
    const reader = context.reader();
    refuseView(reader.info(namespace)?.kind, fullName(namespace));
    if (!reader.open(namespace)) throw new MongoError("NamespaceNotFound", "collection does not exist");
    return Document.from([
      ["bytesFreed", int32(0)],
      ["ok", 1],
    ]);
  },
};

import { collectionStatistics } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";
import { scaleOf } from "./scale.ts";

/** Counts and sizes of a collection. */
export const collStats: Command = {
  name: "collStats",
  aliases: ["collstats"],
  access: "inspect",
  fields: ["scale"],
  help: "Tells counts and sizes of a collection.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, request.firstName ?? "collStats");
    const reader = context.reader();
    refuseView(reader.info(namespace)?.kind, fullName(namespace));
    const statistics = collectionStatistics(reader, namespace, scaleOf(request, "collStats"));
    return Document.from([...statistics.fields(), ["ok", 1]]);
  },
};

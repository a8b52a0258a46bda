import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { namespaceOf } from "./namespace-of.ts";

/** Forgets the plans of a collection: there are none, as each query is planned anew (manual, "planCacheClear"). */
export const planCacheClear: Command = {
  name: "planCacheClear",
  access: "dbAdmin",
  fields: ["query", "projection", "sort", "collation"],
  help: "Forgets the plans of a collection, of which none are kept.",
  run(context, request) {
    namespaceOf(context.database, request, "planCacheClear");
    return Document.from([["ok", 1]]);
  },
};

import { MongoError } from "../../errors/mongo-error.ts";
import { genericFieldNames } from "../../server/generic-fields.ts";
import { Document, type Value } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Tells parameters: those that are named, or all with "*" (manual, getParameter). */
export const getParameter: Command = {
  name: "getParameter",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "Tells parameters of the server.",
  run({ server }, request) {
    const asked = request.get("getParameter");
    const isAll = asked === "*" || (asked instanceof Document && asked.get("allParameters") === true);
    if (isAll) return Document.from(server.parameters.entries());
    const found = new Map<string, Value>();
    for (const name of request.fields().keys()) {
      if (name === "getParameter" || genericFieldNames.has(name)) continue;
      const value = server.parameters.get(name);
      if (value !== undefined) found.set(name, value);
    }
    if (found.size === 0) throw new MongoError("InvalidOptions", "no option found to get");
    return Document.of(found);
  },
};

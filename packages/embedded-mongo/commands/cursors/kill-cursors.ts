import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Command } from "../command.ts";

/** Closes cursors of a collection (manual, killCursors). */
export const killCursors: Command = {
  name: "killCursors",
  access: "login",
  isAllowedInTransaction: true,
  fields: ["cursors"],
  help: "Closes cursors.",
  run({ cursors, database, connection }, request) {
    const collection = request.get("killCursors");
    const ids = request.get("cursors");
    if (!isArray(ids))
      throw new MongoError("TypeMismatch", "BSON field 'killCursors.cursors' must be an array of cursor ids");
    const killed: Value[] = [];
    const missing: Value[] = [];
    for (const id of ids) {
      if (typeof id !== "bigint")
        throw new MongoError("TypeMismatch", "BSON field 'killCursors.cursors' must hold values of the type long");
      const cursor = cursors.get(id);
      const isMeant =
        cursor?.namespace.database === database &&
        cursor.namespace.collection === collection &&
        cursor.options.owner === connection.user?.id;
      if (isMeant && cursors.kill(id)) killed.push(id);
      else missing.push(id);
    }
    return Document.from([
      ["cursorsKilled", killed],
      ["cursorsNotFound", missing],
      ["cursorsAlive", []],
      ["cursorsUnknown", []],
    ]);
  },
};

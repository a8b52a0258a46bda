import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Removes a database with all its collections. */
export const dropDatabase: Command = {
  name: "dropDatabase",
  access: "dbAdmin",
  isWrite: true,
  fields: [],
  help: "Removes a database.",
  run(context) {
    const { database } = context;
    return context.write((writer) => {
      const wasThere = writer.databases().includes(database);
      writer.dropDatabase(database);
      return Document.from([...(wasThere ? [["dropped", database] as const] : []), ["ok", 1]]);
    });
  },
};

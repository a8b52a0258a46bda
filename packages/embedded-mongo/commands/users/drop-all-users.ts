import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** Removes all users of the command's database (manual, dropAllUsersFromDatabase). */
export const dropAllUsersFromDatabase: Command = {
  name: "dropAllUsersFromDatabase",
  access: "userAdmin",
  isWrite: true,
  fields: [],
  help: "Removes all users of a database.",
  async run({ server, database }) {
    const users = server.users.all().filter((user) => user.database === database);
    for (const user of users) await server.users.remove(user.id);
    return Document.from([["n", int32(users.length)]]);
  },
};

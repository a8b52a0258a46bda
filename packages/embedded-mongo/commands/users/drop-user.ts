import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { namedUser } from "./user-request.ts";

/** Removes a user (manual, dropUser). */
export const dropUser: Command = {
  name: "dropUser",
  access: "userAdmin",
  isWrite: true,
  fields: [],
  help: "Removes a user.",
  async run(context, request) {
    await context.server.users.remove(namedUser(context, request).id);
    return emptyDocument;
  },
};

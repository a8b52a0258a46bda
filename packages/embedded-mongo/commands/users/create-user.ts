import { readRoles } from "../../auth/role.ts";
import { randomUuid } from "../../sessions/session-store.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { optionalDocument, requiredString } from "../request-fields.ts";
import { credentialsOf, userName } from "./user-request.ts";

/** Makes a user of the command's database (manual, createUser). */
export const createUser: Command = {
  name: "createUser",
  access: "userAdmin",
  isWrite: true,
  fields: ["pwd", "customData", "roles", "digestPassword", "mechanisms", "authenticationRestrictions"],
  help: "Makes a user.",
  async run({ server, database }, request) {
    const name = userName(request);
    await server.users.add({
      id: `${database}.${name}`,
      name,
      database,
      userId: randomUuid(),
      roles: readRoles(request.get("roles"), database),
      credentials: await credentialsOf(name, requiredString(request, "createUser", "pwd"), request.get("mechanisms")),
      customData: optionalDocument(request, "createUser", "customData"),
    });
    return emptyDocument;
  },
};

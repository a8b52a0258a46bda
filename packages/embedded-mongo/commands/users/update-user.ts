import { readRoles } from "../../auth/role.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { optionalDocument, optionalString } from "../request-fields.ts";
import { credentialsOf, namedUser } from "./user-request.ts";

/** Changes a user's password, roles or data; what is not named stays (manual, updateUser). */
export const updateUser: Command = {
  name: "updateUser",
  access: "userAdmin",
  isWrite: true,
  fields: ["pwd", "customData", "roles", "digestPassword", "mechanisms", "authenticationRestrictions"],
  help: "Changes a user.",
  async run(context, request) {
    const user = namedUser(context, request);
    const password = optionalString(request, "updateUser", "pwd");
    await context.server.users.replace({
      ...user,
      roles: request.has("roles") ? readRoles(request.get("roles"), context.database) : user.roles,
      customData: optionalDocument(request, "updateUser", "customData") ?? user.customData,
      credentials:
        password === undefined ? user.credentials : await credentialsOf(user.name, password, request.get("mechanisms")),
    });
    return emptyDocument;
  },
};

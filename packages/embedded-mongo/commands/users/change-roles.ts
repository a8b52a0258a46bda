import { type Role, readRoles } from "../../auth/role.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { namedUser } from "./user-request.ts";

const isSame = (one: Role, other: Role): boolean => one.role === other.role && one.database === other.database;

/** Adds roles to a user (manual, grantRolesToUser). */
export const grantRolesToUser: Command = roleCommand("grantRolesToUser", "Adds roles to a user.", (has, named) => [
  ...has,
  ...named.filter((role) => !has.some((each) => isSame(each, role))),
]);

/** Takes roles from a user (manual, revokeRolesFromUser). */
export const revokeRolesFromUser: Command = roleCommand(
  "revokeRolesFromUser",
  "Takes roles from a user.",
  (has, named) => has.filter((role) => !named.some((each) => isSame(each, role))),
);

function roleCommand(
  name: string,
  help: string,
  change: (has: readonly Role[], named: readonly Role[]) => readonly Role[],
): Command {
  return {
    name,
    access: "userAdmin",
    isWrite: true,
    fields: ["roles"],
    help,
    async run(context, request) {
      const user = namedUser(context, request);
      const named = readRoles(request.get("roles"), context.database);
      await context.server.users.replace({ ...user, roles: change(user.roles, named) });
      return emptyDocument;
    },
  };
}

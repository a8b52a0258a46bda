import { privilegesOf } from "../../auth/privileges.ts";
import { roleDocument } from "../../auth/role.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { optionalBoolean } from "../request-fields.ts";

/** Who this connection has logged in as (manual, connectionStatus). */
export const connectionStatus: Command = {
  name: "connectionStatus",
  access: "none",
  fields: ["showPrivileges"],
  help: "Who this connection has logged in as.",
  run({ server, connection }, request) {
    const user = connection.user && server.users.get(connection.user.id);
    const showsPrivileges = optionalBoolean(request, "connectionStatus", "showPrivileges") ?? false;
    const users = user
      ? [
          Document.from([
            ["user", user.name],
            ["db", user.database],
          ]),
        ]
      : [];
    return Document.from([
      [
        "authInfo",
        Document.from([
          ["authenticatedUsers", users],
          ["authenticatedUserRoles", user ? user.roles.map(roleDocument) : []],
          ...(showsPrivileges ? [["authenticatedUserPrivileges", privilegesOf(user?.roles ?? [])] as const] : []),
        ]),
      ],
    ]);
  },
};

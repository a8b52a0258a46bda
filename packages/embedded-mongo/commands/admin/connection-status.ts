import { roleDocument } from "../../auth/role.ts";
import { MongoError } from "../../errors/mongo-error.ts";
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
    if (optionalBoolean(request, "connectionStatus", "showPrivileges"))
      throw new MongoError(
        "CommandNotSupported",
        "connectionStatus's showPrivileges is not supported: roles here have no lists of privileges",
      );
    const user = connection.user && server.users.get(connection.user.id);
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
        ]),
      ],
    ]);
  },
};

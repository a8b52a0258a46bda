import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Ends the login of this connection. */
export const logout: Command = {
  name: "logout",
  access: "none",
  isAllowedInTransaction: false,
  help: "Ends this connection's login.",
  run({ connection }) {
    connection.user = undefined;
    connection.login = undefined;
    return emptyDocument;
  },
};

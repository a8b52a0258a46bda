import { continueLogin } from "../../auth/login.ts";
import type { Command } from "../command.ts";

/** Goes on with a login (driver authentication specification). */
export const saslContinue: Command = {
  name: "saslContinue",
  access: "none",
  help: "Goes on with a login.",
  run: continueLogin,
};

import { startLogin } from "../../auth/login.ts";
import type { Command } from "../command.ts";

/** Begins a login by SCRAM (driver authentication specification). */
export const saslStart: Command = {
  name: "saslStart",
  access: "none",
  help: "Begins a login.",
  run: (context, request) => startLogin(context, request, context.database),
};

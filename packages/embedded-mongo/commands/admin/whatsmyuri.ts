import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** The client's address as the server sees it. */
export const whatsmyuri: Command = {
  name: "whatsmyuri",
  access: "none",
  help: "The client's address.",
  run: ({ connection }) => Document.from([["you", connection.remote]]),
};

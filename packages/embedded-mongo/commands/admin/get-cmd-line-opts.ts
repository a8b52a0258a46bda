import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** How the server was started (manual, getCmdLineOpts). */
export const getCmdLineOpts: Command = {
  name: "getCmdLineOpts",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "How the server was started.",
  run: ({ server }) =>
    Document.from([
      ["argv", ["mongod"]],
      ["parsed", server.configuration],
    ]),
};

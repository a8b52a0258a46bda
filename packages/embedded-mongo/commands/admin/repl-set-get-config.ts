import { Document, emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { initiatedSetOf } from "./repl-set.ts";

/** The replica set's configuration (manual, replSetGetConfig). */
export const replSetGetConfig: Command = {
  name: "replSetGetConfig",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "The replica set's configuration.",
  run: ({ server }) => Document.from([["config", initiatedSetOf(server).configuration ?? emptyDocument]]),
};

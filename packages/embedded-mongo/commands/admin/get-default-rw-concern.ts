import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { replicaSetOf } from "./repl-set.ts";

/** The concerns of commands that name none (manual, getDefaultRWConcern). */
export const getDefaultRWConcern: Command = {
  name: "getDefaultRWConcern",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "The concerns of commands that name none.",
  run({ server }) {
    replicaSetOf(server);
    return Document.from([
      ["defaultReadConcern", Document.from([["level", "local"]])],
      [
        "defaultWriteConcern",
        Document.from([
          ["w", int32(1)],
          ["wtimeout", int32(0)],
        ]),
      ],
      ["defaultWriteConcernSource", "implicit"],
      ["defaultReadConcernSource", "implicit"],
    ]);
  },
};

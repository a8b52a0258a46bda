import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** The newest lines of the log (manual, getLog). */
export const getLog: Command = {
  name: "getLog",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "The newest lines of the log.",
  run({ server }, request) {
    const name = request.get("getLog");
    if (name === "*") return Document.from([["names", ["global", "startupWarnings"]]]);
    if (name !== "global" && name !== "startupWarnings")
      throw new MongoError("OperationFailed", `No log named '${String(name)}'`);
    const lines = name === "global" ? server.log.lines() : [];
    return Document.from([
      ["totalLinesWritten", int32(lines.length)],
      ["log", lines],
    ]);
  },
};

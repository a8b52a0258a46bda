import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { optionalBoolean } from "../request-fields.ts";

/** Puts everything on disk; with `lock`, holds writes back until fsyncUnlock (manual, fsync). */
export const fsync: Command = {
  name: "fsync",
  access: "clusterAdmin",
  isAdminOnly: true,
  fields: ["lock", "fsyncLockAcquisitionTimeoutMillis"],
  help: "Puts everything on disk; may hold writes back.",
  async run({ server, store }, request) {
    const locks = optionalBoolean(request, "fsync", "lock") ?? false;
    if (locks) server.writeLock.count++;
    await store.flushed();
    if (!locks) return Document.from([["numFiles", int32(1)]]);
    return Document.from([
      ["info", "now locked against writes, use db.fsyncUnlock() to unlock"],
      ["lockCount", BigInt(server.writeLock.count)],
      ["seeAlso", "http://dochub.mongodb.org/core/fsynccommand"],
    ]);
  },
};

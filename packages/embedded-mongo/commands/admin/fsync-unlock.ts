import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Takes one lock of fsync back (manual, fsyncUnlock). */
export const fsyncUnlock: Command = {
  name: "fsyncUnlock",
  access: "clusterAdmin",
  isAdminOnly: true,
  fields: [],
  help: "Takes one lock of fsync back.",
  run({ server: { writeLock } }) {
    if (writeLock.count === 0) throw new MongoError("IllegalOperation", "fsyncUnlock called when not locked");
    writeLock.count--;
    if (writeLock.count === 0) writeLock.released.notify();
    return Document.from([
      ["info", "fsyncUnlock completed"],
      ["lockCount", BigInt(writeLock.count)],
    ]);
  },
};

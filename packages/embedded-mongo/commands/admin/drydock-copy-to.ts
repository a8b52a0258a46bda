import { mkdir, readdir } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { requiredString } from "../request-fields.ts";

/**
 * Writes a copy of all data, as it is now, into a folder of this machine that is empty or not there yet: `{ drydockCopyTo: "/path" }`. A server can be
 * started on it. No command of MongoDB's; for clients on this machine alone.
 */
export const drydockCopyTo: Command = {
  name: "drydockCopyTo",
  access: "clusterAdmin",
  isAdminOnly: true,
  fields: [],
  help: "Copies the data into a folder of this machine.",
  async run({ store, connection }, request) {
    const directory = requiredString(request, "drydockCopyTo", "drydockCopyTo");
    if (!/^(?:127\.|::1:|::ffff:127\.)/.test(connection.remote))
      throw new MongoError("Unauthorized", "drydockCopyTo is for clients on the server's own machine");
    if (!isAbsolute(directory)) throw new MongoError("BadValue", "drydockCopyTo needs an absolute path");
    try {
      await mkdir(directory, { recursive: true });
      if ((await readdir(directory)).length > 0) throw new Error("the folder is not empty");
      await store.copyTo(directory);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      // lmdb has the system's words alone (strerror of ENOSPC), the file system its code.
      if (/ENOSPC|No space left/.test(words))
        throw new MongoError("OutOfDiskSpace", `The disk of ${directory} is full; no copy was made.`);
      throw new MongoError("OperationFailed", `drydockCopyTo: ${words}`);
    }
    return Document.from([["path", directory]]);
  },
};

import { MongoError } from "../../errors/mongo-error.ts";
import type { Command } from "../command.ts";

const refused = (name: string): Command => ({
  name,
  access: "dbAdmin",
  help: "Not supported: search indexes need the Atlas Search service.",
  run() {
    throw new MongoError("SearchNotEnabled", `${name} is not supported: it needs the Atlas Search service`);
  },
});

/** Search indexes are another service's: refused with the code by which tools know that there are none (the server's SearchNotEnabled). */
export const searchIndexCommands: readonly Command[] = [
  "createSearchIndexes",
  "dropSearchIndex",
  "listSearchIndexes",
  "updateSearchIndex",
].map(refused);

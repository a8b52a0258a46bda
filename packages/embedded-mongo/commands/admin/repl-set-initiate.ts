import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { replicaSetOf } from "./repl-set.ts";

/** Makes this server the primary of its replica set (manual, replSetInitiate). */
export const replSetInitiate: Command = {
  name: "replSetInitiate",
  access: "clusterAdmin",
  isAdminOnly: true,
  help: "Makes this server the primary of its replica set.",
  async run({ server }, request) {
    const set = replicaSetOf(server);
    if (set.configuration) throw new MongoError("AlreadyInitialized", "already initialized");
    const given = request.get("replSetInitiate");
    const { host, port } = server.address;
    await set.configure(given instanceof Document ? given : emptyDocument, `${host}:${port}`);
    server.topology.change();
    server.log.write(`The replica set ${set.name} is initiated; this server is its primary as ${set.host}.`);
    return emptyDocument;
  },
};

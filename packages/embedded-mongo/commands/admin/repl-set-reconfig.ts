import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { requiredDocument } from "../request-fields.ts";
import { initiatedSetOf } from "./repl-set.ts";

/** Gives the replica set another configuration, of a newer version unless `force` is set (manual, replSetReconfig). */
export const replSetReconfig: Command = {
  name: "replSetReconfig",
  access: "clusterAdmin",
  isAdminOnly: true,
  help: "Changes the replica set's configuration.",
  async run({ server }, request) {
    const set = initiatedSetOf(server);
    const given = requiredDocument(request, "replSetReconfig", "replSetReconfig");
    const version = given.get("version");
    if (request.get("force") !== true && !(isNumber(version) && toDouble(version) > set.version))
      throw new MongoError(
        "NewReplicaSetConfigurationIncompatible",
        `The new configuration's version must be greater than ${set.version}`,
      );
    await set.configure(given, set.host ?? "");
    server.topology.change();
    return emptyDocument;
  },
};

import { hostname } from "node:os";
import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { gitVersion, mongoVersion } from "../admin/build-info.ts";
import type { Command } from "../command.ts";
import { optionalString, requiredDocument } from "../request-fields.ts";
import { explainAggregate } from "./explain-aggregate.ts";
import { explainQuery } from "./explain-query.ts";
import { explainable } from "./explained-query.ts";

const verbosities: ReadonlySet<string> = new Set(["queryPlanner", "executionStats", "allPlansExecution"]);

/** Tells how a command would be carried out, and with `executionStats` what that took. Nothing is written. */
export const explain: Command = {
  name: "explain",
  access: "read",
  fields: ["verbosity"],
  help: "Tells how a command is carried out.",
  async run(context, request) {
    const command = requiredDocument(request, "explain", "explain");
    const verbosity = optionalString(request, "explain", "verbosity") ?? "allPlansExecution";
    if (!verbosities.has(verbosity)) {
      throw new MongoError(
        "FailedToParse",
        "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}",
      );
    }
    const isExecuted = verbosity !== "queryPlanner";
    const told =
      command.firstName === "aggregate"
        ? await explainAggregate(context, command, isExecuted)
        : await explainQuery(context, explainable(context, command), isExecuted);
    return Document.from([
      ["explainVersion", "1"],
      ...told,
      ["command", command],
      [
        "serverInfo",
        Document.from([
          ["host", hostname()],
          ["port", int32(context.server.address.port)],
          ["version", mongoVersion],
          ["gitVersion", gitVersion],
        ]),
      ],
      ["serverParameters", Document.from([])],
      ["ok", 1],
    ]);
  },
};

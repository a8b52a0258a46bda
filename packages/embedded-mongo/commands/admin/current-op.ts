import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { genericFieldNames } from "../../server/generic-fields.ts";
import type { RunningOperation } from "../../server/operations.ts";
import { Document } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

const ownFields: readonly string[] = ["$ownOps", "$all", "$truncateOps"];

/** What runs now, filtered by the other fields as a query: `$ownOps` of this user alone, `$all` with idle connections (manual, currentOp). */
export const currentOp: Command = {
  name: "currentOp",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "The operations that run now.",
  run({ server, connection, clock }, request) {
    const isOwn = request.get("$ownOps") === true;
    const running = server.operations
      .running()
      .filter((each) => !isOwn || each.connection.user?.id === connection.user?.id);
    const conditions = [...request.fields()].filter(
      ([name], index) => index > 0 && !ownFields.includes(name) && !genericFieldNames.has(name),
    );
    const options = { now: new DateValue(clock.now()) };
    const matcher = compileMatcher(parseFilter(Document.from(conditions), options), options);
    const described = running.map(describe).filter((each) => matcher.matches(each));
    return Document.from([["inprog", described]]);
  },
};

function describe({ operation, connection, command, startedAt }: RunningOperation): Document {
  const ms = performance.now() - startedAt;
  const name = command.firstName ?? "";
  const collection = command.get(name === "getMore" ? "collection" : name);
  const database = command.get("$db");
  const lsid = command.get("lsid");
  return Document.from([
    ["type", "op"],
    ["desc", `conn${connection.id}`],
    ["connectionId", int32(connection.id)],
    ["client", connection.remote],
    ...(connection.metadata ? [["clientMetadata", connection.metadata] as const] : []),
    ["active", true],
    ["opid", int32(operation.id)],
    ...(lsid === undefined ? [] : [["lsid", lsid] as const]),
    ["secs_running", BigInt(Math.floor(ms / 1000))],
    ["microsecs_running", BigInt(Math.round(ms * 1000))],
    ["op", operationKinds.get(name) ?? "command"],
    ["ns", `${String(database)}.${typeof collection === "string" ? collection : "$cmd"}`],
    ["command", command],
  ]);
}

const operationKinds: ReadonlyMap<string, string> = new Map([
  ["find", "query"],
  ["getMore", "getmore"],
  ["insert", "insert"],
  ["update", "update"],
  ["delete", "remove"],
]);

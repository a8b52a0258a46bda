import { Document } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import type { RunningOperation } from "./operations.ts";

/** An operation as currentOp tells it (manual, currentOp, "Output Fields"). */
export function describeOperation({ operation, connection, command, startedAt }: RunningOperation): Document {
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

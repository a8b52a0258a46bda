import { hostname } from "node:os";
import type { CommandContext } from "../../server/command-context.ts";
import { Document } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { mongoVersion } from "./build-info.ts";
import { memberFields } from "./member-fields.ts";

/** What the server does and has done (manual, serverStatus). */
export const serverStatus: Command = {
  name: "serverStatus",
  access: "clusterMonitor",
  help: "What the server does and has done.",
  run(context) {
    const { server, clock } = context;
    const upMs = clock.now() - server.startedAt;
    const { replicaSet } = server;
    return Document.from([
      ["host", `${hostname()}:${server.address.port}`],
      ["version", mongoVersion],
      ["process", "mongod"],
      ["pid", BigInt(process.pid)],
      ["uptime", Math.floor(upMs / 1000)],
      ["uptimeMillis", BigInt(Math.round(upMs))],
      ["uptimeEstimate", BigInt(Math.floor(upMs / 1000))],
      ["localTime", new DateValue(clock.now())],
      ["connections", connections(context)],
      ["opcounters", operationCounters(server.counters.commands)],
      ["mem", memory()],
      // What V8 has in use: the heap that a mongod would tell here.
      ["extra_info", Document.from([["heap_usage_bytes", BigInt(process.memoryUsage().heapUsed)]])],
      ["logicalSessionRecordCache", Document.from([["activeSessionsCount", int32(server.sessions.all().length)]])],
      ["transactions", Document.from([["currentOpen", BigInt(openTransactions(context))]])],
      [
        "metrics",
        Document.from([["cursor", Document.from([["open", Document.from([["total", BigInt(server.cursors.size)]])]])]]),
      ],
      [
        "storageEngine",
        Document.from([
          ["name", "lmdb"],
          ["persistent", true],
          ["supportsSnapshotReadConcern", true],
        ]),
      ],
      ...(replicaSet
        ? [["repl", Document.from(memberFields(replicaSet, server.clusterTime(), clock.now()))] as const]
        : []),
    ]);
  },
};

const connections = ({ server }: CommandContext): Document =>
  Document.from([
    ["current", int32(server.connections.size)],
    ["available", int32(65_536 - server.connections.size)],
    ["totalCreated", int32(server.counters.connectionsCreated)],
    ["active", int32(server.operations.running().length)],
  ]);

const counted: Readonly<Record<string, readonly string[]>> = {
  insert: ["insert"],
  query: ["find"],
  update: ["update", "findAndModify"],
  delete: ["delete"],
  getmore: ["getMore"],
};

function operationCounters(commands: ReadonlyMap<string, number>): Document {
  const rest = new Map(commands);
  const counters = Object.entries(counted).map(([name, sources]) => {
    const total = sources.reduce((sum, source) => sum + (rest.get(source) ?? 0), 0);
    for (const source of sources) rest.delete(source);
    return [name, BigInt(total)] as const;
  });
  const others = [...rest.values()].reduce((sum, count) => sum + count, 0);
  return Document.from([...counters, ["command", BigInt(others)]]);
}

function memory(): Document {
  const { rss, heapTotal } = process.memoryUsage();
  const megabytes = (bytes: number) => int32(Math.round(bytes / 1_048_576));
  return Document.from([
    ["bits", int32(64)],
    ["resident", megabytes(rss)],
    ["virtual", megabytes(heapTotal)],
    ["supported", true],
  ]);
}

const openTransactions = ({ server }: CommandContext): number =>
  server.sessions.all().filter(({ state }) => state.kind === "open").length;

import type { Client } from "./client.ts";

/** One line of CLIENT LIST (its documentation names the fields). */
export function describeClient(client: Client, now: number): string {
  const fields: readonly (readonly [string, string | number])[] = [
    ["id", client.id],
    ["addr", client.address],
    ["laddr", client.localAddress],
    ["fd", 8],
    ["name", client.name],
    ["age", Math.floor((now - client.createdAt) / 1000)],
    ["idle", Math.max(0, Math.floor((now - client.lastCommandAt) / 1000))],
    ["flags", flagsOf(client)],
    ["db", client.database],
    ["sub", client.channels.size],
    ["psub", client.patterns.size],
    ["ssub", client.shardChannels.size],
    ["multi", client.queue?.length ?? -1],
    ["watch", client.watched.length],
    ["qbuf", 0],
    ["qbuf-free", 0],
    ["argv-mem", 0],
    ["multi-mem", 0],
    ["rbs", 0],
    ["rbp", 0],
    ["obl", 0],
    ["oll", 0],
    ["omem", 0],
    ["tot-mem", 0],
    ["events", "r"],
    ["cmd", client.lastCommand || "NULL"],
    ["user", client.user],
    ["redir", client.tracking?.redirect ?? -1],
    ["resp", client.protocol],
    ["lib-name", client.libraryName],
    ["lib-ver", client.libraryVersion],
  ];
  return fields.map(([name, value]) => `${name}=${value}`).join(" ");
}

function flagsOf(client: Client): string {
  let flags = "";
  if (client.isMonitor) flags += "O";
  if (client.subscriptions > 0) flags += "P";
  if (client.queue !== undefined) flags += "x";
  if (client.blocked !== undefined) flags += "b";
  if (client.tracking !== undefined) flags += client.tracking.isBroadcast ? "tB" : "t";
  if (client.isDirty) flags += "d";
  if (client.isClosing) flags += "c";
  if (client.isNoEvict) flags += "e";
  if (client.isNoTouch) flags += "T";
  return flags || "N";
}

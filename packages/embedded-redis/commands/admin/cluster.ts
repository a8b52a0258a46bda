import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";

const refused = (name: string, arity: number, flags: Command["flags"], summary: string): Command => ({
  name,
  arity,
  flags,
  group: "server",
  summary,
  run() {
    throw new CommandError("ERR This instance has cluster support disabled");
  },
});

/** CLUSTER, READONLY, READWRITE, ASKING: refused in the words of a Redis that is no part of a cluster, which clients know. */
export const clusterCommands: readonly Command[] = [
  refused("cluster", -2, [], "Refused: this server is no part of a cluster."),
  refused("readonly", 1, ["loading", "stale", "fast"], "Refused: this server is no part of a cluster."),
  refused("readwrite", 1, ["loading", "stale", "fast"], "Refused: this server is no part of a cluster."),
  refused("asking", 1, ["fast"], "Refused: this server is no part of a cluster."),
];

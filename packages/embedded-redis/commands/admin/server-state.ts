import { ok, type Reply } from "../../resp/reply.ts";
import { redisVersion } from "../../server/version.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { integer, naturalNumber } from "../numbers.ts";

const state = (
  name: string,
  arity: number,
  summary: string,
  run: Command["run"],
  flags: Command["flags"] = [],
): Command => ({
  name,
  arity,
  flags: ["loading", "stale", ...flags],
  group: "server",
  summary,
  run,
});

const wait: Command = {
  name: "wait",
  arity: 3,
  flags: ["noscript", "blocking"],
  group: "generic",
  summary: "Waits for replicas, of which there are none.",
  run(context, [, countText, timeoutText]) {
    const wanted = integer(countText);
    const timeout = naturalNumber(timeoutText, "ERR timeout is negative");
    return wanted <= 0 ? 0 : context.block([], timeout, 0, () => undefined);
  },
};

const replicate = (name: string): Command =>
  state(
    name,
    3,
    "Accepts NO ONE: the server replicates nothing.",
    (_context, [, host = "", port = ""]) => {
      if (`${host} ${port}`.toUpperCase() === "NO ONE") return ok;
      throw new CommandError("ERR replication is not supported by this server");
    },
    ["noscript", "admin"],
  );

const role: Reply = ["master", 0, []];

/** TIME, ROLE, WAIT, REPLICAOF NO ONE and its older name, LOLWUT, MONITOR, SHUTDOWN. */
export const serverState: readonly Command[] = [
  state(
    "time",
    1,
    "Returns the server's time in seconds and microseconds.",
    () => {
      const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000);
      return [String(Math.floor(microseconds / 1e6)), String(microseconds % 1e6)];
    },
    ["fast"],
  ),
  state("role", 1, "Tells that this server is a master without replicas.", () => role, ["noscript", "fast", "admin"]),
  wait,
  replicate("replicaof"),
  replicate("slaveof"),
  state("lolwut", -1, "Tells the version.", () => `Embedded Redis, for development. Redis ver. ${redisVersion}\n`, [
    "fast",
  ]),
  state(
    "monitor",
    1,
    "Shows every command.",
    ({ client, server }) => {
      client.isMonitor = true;
      server.monitors.add(client);
      return ok;
    },
    ["admin", "noscript"],
  ),
  state(
    "shutdown",
    -1,
    "Ends the server.",
    ({ server }, args) => {
      const words = args.slice(1).map((each) => each.toUpperCase());
      if (words.some((word) => !["SAVE", "NOSAVE", "NOW", "FORCE", "ABORT"].includes(word))) throw syntaxError();
      if (words.includes("ABORT")) throw new CommandError("ERR No shutdown in progress.");
      server.shutdown({ isSaving: !words.includes("NOSAVE") });
      return { kind: "several", replies: [] };
    },
    ["admin", "noscript", "no_multi", "allow_busy"],
  ),
];

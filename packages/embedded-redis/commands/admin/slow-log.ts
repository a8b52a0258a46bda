import { ok, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { integer } from "../numbers.ts";

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `slowlog|${name}`,
  arity,
  flags: ["admin", "loading", "stale"],
  group: "server",
  summary,
  run,
});

/** SLOWLOG. */
export const slowLogCommands: readonly Command[] = [
  {
    name: "slowlog",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Tells which commands took long.",
    subcommands: [
      sub("get", -2, "Returns the slowest commands of late.", ({ server }, [, , text = "10"]): Reply => {
        const count = integer(text);
        if (count < -1) throw new CommandError("ERR count should be greater than or equal to -1");
        const entries = count === -1 ? server.slowLog.entries : server.slowLog.entries.slice(0, count);
        return entries.map(
          ({ id, atMs, tookUs, args, address, clientName }): Reply => [
            id,
            Math.floor(atMs / 1000),
            tookUs,
            args,
            address,
            clientName,
          ],
        );
      }),
      sub("len", 2, "Counts them.", ({ server }) => server.slowLog.entries.length),
      sub("reset", 2, "Forgets them.", ({ server }) => {
        server.slowLog.reset();
        return ok;
      }),
      helpCommand("slowlog", "server", ["GET [<count>]", "LEN", "RESET"]),
    ],
    run: () => null,
  },
];

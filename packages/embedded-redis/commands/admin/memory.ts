import { map, ok } from "../../resp/reply.ts";
import { estimateSize } from "../../server/estimate-size.ts";
import type { Command } from "../command.ts";
import { syntaxError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { naturalNumber } from "../numbers.ts";

const usage: Command = {
  name: "memory|usage",
  arity: -3,
  flags: ["readonly"],
  group: "server",
  keys: [2, 2, 1],
  summary: "Estimates the bytes of a key and its value.",
  run(context, args) {
    const [, , key = "", word, samples] = args;
    if (args.length !== 3 && (args.length !== 5 || word?.toUpperCase() !== "SAMPLES")) throw syntaxError();
    const value = context.database.peek(key);
    const count = samples === undefined ? 5 : naturalNumber(samples);
    return value === undefined ? null : estimateSize(key, value, count);
  },
};

const sub = (name: string, summary: string, run: Command["run"]): Command => ({
  name: `memory|${name}`,
  arity: 2,
  flags: [],
  group: "server",
  summary,
  run,
});

/** MEMORY. */
export const memoryCommands: readonly Command[] = [
  {
    name: "memory",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Tells about memory.",
    subcommands: [
      usage,
      sub("stats", "Tells what uses memory.", ({ server }) => {
        const { heapUsed, rss } = process.memoryUsage();
        const keys = server.databases.reduce((sum, database) => sum + database.size, 0);
        return map([
          "peak.allocated",
          rss,
          "total.allocated",
          heapUsed,
          "dataset.bytes",
          server.memory.total,
          "keys.count",
          keys,
        ]);
      }),
      sub(
        "doctor",
        "Says that nothing is wrong.",
        () => "Memory is the JavaScript engine's business here; nothing to report.",
      ),
      sub("purge", "Does nothing: the engine collects garbage by itself.", () => ok),
      sub("malloc-stats", "Names the allocator.", () => "Memory is allocated by V8."),
      helpCommand("memory", "server", ["DOCTOR", "MALLOC-STATS", "PURGE", "STATS", "USAGE <key> [SAMPLES <count>]"]),
    ],
    run: () => null,
  },
];

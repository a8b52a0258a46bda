import { map } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { helpCommand } from "../help.ts";

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `latency|${name}`,
  arity,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary,
  run,
});

/** LATENCY: no events are recorded, so the answers are empty. */
export const latencyCommands: readonly Command[] = [
  {
    name: "latency",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Tells about latency events, of which none are recorded.",
    subcommands: [
      sub("latest", 2, "Returns the latest events.", () => []),
      sub("history", 3, "Returns an event's history.", () => []),
      sub("reset", -2, "Forgets events.", () => 0),
      sub("doctor", 2, "Says that nothing was recorded.", () => "No latency events are recorded by this server."),
      sub("histogram", -2, "Returns calls by command.", ({ server }, args) => {
        const wanted = args.slice(2).map((name) => name.toLowerCase());
        const shown = [...server.statistics.commands].filter(([name]) => wanted.length === 0 || wanted.includes(name));
        return map(shown.flatMap(([name, { calls }]) => [name, map(["calls", calls, "histogram_usec", map([])])]));
      }),
      helpCommand("latency", "server", [
        "DOCTOR",
        "HISTORY <event>",
        "HISTOGRAM [<command> ...]",
        "LATEST",
        "RESET [<event> ...]",
      ]),
    ],
    run: () => null,
  },
];

import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `module|${name}`,
  arity,
  flags: ["admin", "noscript"],
  group: "server",
  summary,
  run,
});

const refuse = () => {
  throw new CommandError("ERR modules are not supported by this server");
};

/** MODULE: there are none. */
export const moduleCommands: readonly Command[] = [
  {
    name: "module",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Tells which modules are loaded.",
    subcommands: [
      sub("list", 2, "Returns no modules.", () => []),
      sub("load", -3, "Refused: this server loads no modules.", refuse),
      sub("loadex", -3, "Refused: this server loads no modules.", refuse),
      sub("unload", 3, "Refused: this server loads no modules.", refuse),
      helpCommand("module", "server", ["LIST"]),
    ],
    run: () => null,
  },
];

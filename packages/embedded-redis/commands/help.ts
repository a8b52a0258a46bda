import type { Command } from "./command.ts";
import type { CommandGroup } from "./command-shape.ts";

/** The HELP subcommand of a container: one line for each form that there is. */
export const helpCommand = (container: string, group: CommandGroup, forms: readonly string[]): Command => ({
  name: `${container}|help`,
  arity: 2,
  flags: ["loading", "stale"],
  group,
  summary: "Tells the forms of the command.",
  run: () =>
    [
      `${container.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`,
      ...forms,
      "HELP",
      "    Print this help.",
    ].map((text) => ({ kind: "simple", text })),
});

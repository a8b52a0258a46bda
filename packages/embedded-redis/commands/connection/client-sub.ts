import type { Command } from "../command.ts";

/** A subcommand of CLIENT. */
export const clientSub = (
  name: string,
  arity: number,
  summary: string,
  run: Command["run"],
  isAdmin = false,
): Command => ({
  name: `client|${name}`,
  arity,
  flags: isAdmin ? ["admin", "noscript", "loading", "stale"] : ["noscript", "loading", "stale"],
  group: "connection",
  summary,
  run,
});

import type { Command } from "../commands/command.ts";
import { simple } from "../resp/reply.ts";
import type { CommandContext } from "./command-context.ts";
import { quoteBytes } from "./quote-bytes.ts";

/** Shows a command to the clients in MONITOR; one that a script calls comes from "lua". */
export function feedMonitors(
  { server, client, mode }: CommandContext,
  command: Command,
  args: readonly string[],
): void {
  if (server.monitors.size === 0 || command.flags.includes("skip_monitor") || command.flags.includes("admin")) return;
  const source = mode === "script" ? "lua" : client.address;
  const time = (server.now / 1000).toFixed(6);
  const words = args.map(quoteBytes).join(" ");
  for (const monitor of server.monitors) monitor.push(simple(`${time} [${client.database} ${source}] ${words}`));
}

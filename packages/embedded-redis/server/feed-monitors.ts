import type { Command } from "../commands/command.ts";
import { simple } from "../resp/reply.ts";
import type { Client } from "./client.ts";
import type { Server } from "./command-context.ts";
import { quoteBytes } from "./quote-bytes.ts";

/** Shows a command to the clients in MONITOR. */
export function feedMonitors(server: Server, client: Client, command: Command, args: readonly string[]): void {
  if (server.monitors.size === 0 || command.flags.includes("skip_monitor") || command.flags.includes("admin")) return;
  const time = (server.now / 1000).toFixed(6);
  const words = args.map(quoteBytes).join(" ");
  for (const monitor of server.monitors)
    monitor.push(simple(`${time} [${client.database} ${client.address}] ${words}`));
}

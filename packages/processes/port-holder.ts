import { askPort } from "./free-port.ts";
import { findListeners } from "./listening-ports.ts";
import { readCommandLine } from "./process-table.ts";

const longestCommand = 80;

/** Names who has a port: `process 4711 (node server.js)`; "another user's process" when this user may not see it; "another stack that starts" where nobody listens yet. */
export async function findPortHolder(port: number): Promise<string> {
  const holder = (await findListeners()).find((each) => each.port === port);
  if (!holder) return (await askPort(port)) === "free" ? "another stack that starts" : "another user's process";
  const command = (await readCommandLine(holder.pid)) ?? "";
  const short = command.length > longestCommand ? `${command.slice(0, longestCommand)}…` : command;
  return short === "" ? `process ${holder.pid}` : `process ${holder.pid} (${short})`;
}

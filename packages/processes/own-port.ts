import { findListeners } from "./listening-ports.ts";
import { listProcesses } from "./process-table.ts";

/** Whether a process of this group listens on a TCP port; also true where this user cannot see who does. */
export async function ownsPort(group: number, port: number): Promise<boolean> {
  const pids = (await listProcesses()).filter((each) => each.group === group).map(({ pid }) => pid);
  const isHere = (listeners: Awaited<ReturnType<typeof findListeners>>) => listeners.some((each) => each.port === port);
  return isHere(await findListeners(pids)) || !isHere(await findListeners());
}

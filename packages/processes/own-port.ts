import { findListeners } from "./listening-ports.ts";
import { listProcesses } from "./process-table.ts";

/** Whether a process of this group listens on a TCP port; also true where this user cannot see who does. */
export async function ownsPort(group: number, port: number): Promise<boolean> {
  const pids = (await listProcesses()).filter((each) => each.group === group).map(({ pid }) => pid);
  const isHere = (listeners: Awaited<ReturnType<typeof findListeners>>) => listeners.some((each) => each.port === port);
  return isHere(await findListeners(pids)) || !isHere(await findListeners());
}

/** The TCP ports that processes of this group listen on, without some that have another purpose. */
export async function groupPorts(group: number, others: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const pids = (await listProcesses()).filter((each) => each.group === group).map(({ pid }) => pid);
  return new Set((await findListeners(pids)).map(({ port }) => port).filter((port) => !others.has(port)));
}

import type { InstanceUsage } from "@drydock/core";
import type { EngineRoom } from "./engine-room.ts";
import { listProcesses } from "./process-table.ts";

/** What the process group of each running instance uses now: the sum over its processes. */
export async function measureUsage(room: EngineRoom): Promise<readonly InstanceUsage[]> {
  const running = [...room.instances.values()].flatMap(({ instance, group }) =>
    group === undefined ? [] : [{ instance, group }],
  );
  if (running.length === 0) return [];
  const { default: pidusage } = await import("pidusage");
  const processes = await listProcesses();
  return Promise.all(
    running.map(async ({ instance: { service, number }, group }) => {
      const pids = processes.filter((each) => each.group === group).map(({ pid }) => pid);
      const found = await Promise.all(pids.map((pid) => pidusage(pid).catch(() => undefined)));
      const stats = found.filter((each) => each !== undefined);
      const cpu = stats.reduce((sum, each) => sum + each.cpu / 100, 0);
      return { service, number, cpu, memoryBytes: stats.reduce((sum, each) => sum + each.memory, 0) };
    }),
  );
}

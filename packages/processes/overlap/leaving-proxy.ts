import type { EngineRoom } from "../engine-room.ts";
import type { InstanceProcess } from "../instance-process.ts";
import { listProcesses, readCommandLine } from "../process-table.ts";

/** How far a proxy of the stack has come from the configuration that it served when this was made. */
export interface LeavingProxy {
  readonly proxy: InstanceProcess;
  /** It takes no new requests by it. */
  hasLeft(): Promise<boolean>;
  /** It answers none by it any more. */
  isDrained(): Promise<boolean>;
}

/** Looks at what a proxy serves with now; what it says is heard until the signal is aborted. */
export async function leavingProxy(
  room: EngineRoom,
  proxy: InstanceProcess,
  signal: AbortSignal,
): Promise<LeavingProxy> {
  const workers = await workersOf(proxy);
  return workers.length > 0 ? leavingWorkers(proxy, workers) : leavingEdge(room, proxy, signal);
}

function leavingWorkers(proxy: InstanceProcess, workers: readonly number[]): LeavingProxy {
  const titles = async () => (await Promise.all(workers.map((pid) => readCommandLine(pid)))).filter((each) => each);
  return {
    proxy,
    // nginx names a worker that takes no connections any more: `nginx: worker process is shutting down`.
    hasLeft: async () => (await titles()).every((title) => title?.includes("is shutting down")),
    isDrained: async () => (await titles()).length === 0,
  };
}

/** The embedded edge counts its reloads, `reloaded 3`, and says `drained 3` when nothing from before one is under way. */
function leavingEdge({ hub }: EngineRoom, proxy: InstanceProcess, signal: AbortSignal): LeavingProxy {
  const { service, number } = proxy.instance;
  let reloaded: number | undefined;
  let drained = 0;
  let isRefused = false;
  hub.overhear((event) => {
    if (event.kind !== "log" || event.service !== service || event.number !== number) return;
    const [, word, count] = /^(reloaded|drained) (\d+)$/.exec(event.text) ?? [];
    if (word === "reloaded") reloaded = Number(count);
    if (word === "drained") drained = Number(count);
    isRefused ||= event.text.includes("old configuration goes on");
  }, signal);
  return {
    proxy,
    hasLeft: async () => isRefused || reloaded !== undefined,
    isDrained: async () => isRefused || (reloaded !== undefined && drained >= reloaded),
  };
}

/** nginx's worker processes are its master's children; the embedded edge has none. */
async function workersOf({ group }: InstanceProcess): Promise<readonly number[]> {
  return (await listProcesses()).filter(({ parent }) => parent === group).map(({ pid }) => pid);
}

import { projectMarker } from "./markers.ts";
import { filterByEnvironment, listProcesses, type ProcessEntry, readCommandLine } from "./process-table.ts";

/** A process that carries our markers. */
export interface Stray {
  readonly pid: number;
  readonly group: number;
  /** Its `DRYDOCK_…=value` words. */
  readonly markers: readonly string[];
  /** `process 4711: node worker.js`. */
  readonly label: string;
}

/**
 * Every process of a checkout, whichever session started it, found by reading the environments of this user's processes: also
 * those that left their group or lost their parent. Never this process or its ancestors.
 */
export async function findStrays(directory: string): Promise<readonly Stray[]> {
  const all = await listProcesses();
  const own = ancestry(all, process.pid);
  const others = all.filter(({ pid }) => !own.has(pid));
  const found = await filterByEnvironment(others, projectMarker(directory));
  return Promise.all(
    found.map(async ({ pid, group, markers }) => {
      return { pid, group, markers, label: `process ${pid}: ${(await readCommandLine(pid)) ?? "(gone)"}` };
    }),
  );
}

function ancestry(all: readonly ProcessEntry[], pid: number): ReadonlySet<number> {
  const parents = new Map(all.map((each) => [each.pid, each.parent]));
  const line = new Set<number>();
  for (let next: number | undefined = pid; next !== undefined && !line.has(next); next = parents.get(next))
    line.add(next);
  return line;
}

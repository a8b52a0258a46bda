import type { FileChange } from "./file-change.ts";
import { watchedFiles } from "./watched-files.ts";
import type { WatchedService } from "./watched-service.ts";

// The kernel stamps files with the time of its last tick, which lies up to 1/HZ behind the clock: 10 ms at the slowest setting (CONFIG_HZ=100).
const tickMs = 10;

/** The files of a service that were written, renamed to where they are, or given another mode at or after a time, in milliseconds since the epoch. Removed ones cannot be told. */
export async function changedSince(service: WatchedService, since: number): Promise<readonly FileChange[]> {
  const files = await watchedFiles(service);
  return files
    .filter(({ changedAt }) => changedAt > since - tickMs)
    .map(({ path }): FileChange => ({ path, kind: "written" }));
}

import { isGroupAlive } from "./process-group.ts";
import type { Run } from "./run-process.ts";

/** Whether nothing of a process group is left within so many milliseconds; resolves as soon as that is so. */
export async function isGroupGone(run: Run, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  const late = Symbol();
  const timeout = new AbortController();
  const timer = new Promise<symbol>((resolve) => {
    const handle = setTimeout(() => resolve(late), withinMs);
    timeout.signal.addEventListener("abort", () => clearTimeout(handle), { once: true });
  });
  const first = await Promise.race([run.ended, timer]);
  timeout.abort();
  if (first === late) return false;
  // The leader is gone; the others of the group are not our children, so there is no event for them.
  while (await isGroupAlive(run.group)) {
    if (performance.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

import { execFile } from "node:child_process";
import { listProcesses } from "./process-table.ts";

/**
 * The one place that knows how this platform signals a child and all that it started. On Unix a detached child leads a
 * process group whose id is its own; Windows has no groups, there `taskkill /T` walks the tree.
 */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    execFile("taskkill", ["/pid", String(group), "/T", ...(signal === "SIGKILL" ? ["/F"] : [])], () => {});
    return;
  }
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: nobody is left. EPERM (macOS): only zombies are.
    if (!isGone(error)) throw error;
  }
}

/** Whether any live process is in the group. Zombies do not count. */
export async function isGroupAlive(group: number): Promise<boolean> {
  try {
    process.kill(process.platform === "win32" ? group : -group, 0);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
  return process.platform === "win32" || (await listProcesses()).some((each) => each.group === group);
}

/** Ends whoever is left of a group without asking, and resolves when nobody is: what they held is free then. */
export async function endGroup(group: number): Promise<void> {
  signalGroup(group, "SIGKILL");
  // They are not our children, so there is no event for it.
  while (await isGroupAlive(group)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Sends one process a signal; one that is gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ESRCH" || (code === "EPERM" && process.platform === "darwin");
}

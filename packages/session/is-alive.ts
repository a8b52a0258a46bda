import { readFileSync } from "node:fs";

/** Whether a process with this number runs; one of another user counts, one that is over and whose parent has not asked for its end yet does not (Linux). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** proc_pid_stat(5): the state follows the name, which is in parentheses and may hold any character. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false; // another system, or a process of another user
  }
}

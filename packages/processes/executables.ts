import { execFile } from "node:child_process";
import { readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { listProcesses } from "./process-table.ts";

const run = promisify(execFile);

/** The files that the processes of a group were started from; undefined where there is no group, or nobody can tell. A program may call itself what it likes; this it cannot change. */
export async function readExecutables(group: number | undefined): Promise<readonly string[] | undefined> {
  if (group === undefined || process.platform === "win32") return undefined;
  const own = (await listProcesses()).filter((each) => each.group === group);
  const found = await Promise.all(own.map(({ pid }) => executableOf(pid).catch(() => undefined)));
  const paths = found.flatMap((path) => path || []);
  return paths.length === 0 ? undefined : paths;
}

/** proc_pid_exe(5): a link to the file; elsewhere `ps` prints its path. */
async function executableOf(pid: number): Promise<string> {
  if (process.platform === "linux") return (await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, "");
  return (await run("ps", ["-o", "comm=", "-p", String(pid)])).stdout.trim();
}

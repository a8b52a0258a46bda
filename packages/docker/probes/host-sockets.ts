import { readFile } from "node:fs/promises";
import type { Container } from "../container.ts";
import { type Listener, readListeners } from "./listening-ports.ts";

/**
 * The TCP ports on which a container listens, read from the outside, which costs nothing: /proc/PID/net is that process's own
 * network. Undefined where this machine's /proc is not the engine's, which the process's control group tells: it carries the
 * container's id.
 */
export async function listenersOf({ id, processId }: Container): Promise<readonly Listener[] | undefined> {
  if (process.platform !== "linux" || processId === 0) return undefined;
  const folder = `/proc/${processId}`;
  try {
    if (!(await readFile(`${folder}/cgroup`, "utf8")).includes(id)) return undefined;
    const tables = ["tcp", "tcp6"].map((name) => readFile(`${folder}/net/${name}`, "utf8"));
    return readListeners((await Promise.all(tables)).join("\n"));
  } catch {
    return undefined;
  }
}

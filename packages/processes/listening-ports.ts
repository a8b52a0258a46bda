import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A TCP port that a process listens on. */
export interface Listener {
  readonly port: number;
  readonly pid: number;
}

/** Who listens on TCP ports, of these processes or (undefined) of all that this user may look into. */
export async function findListeners(pids?: readonly number[]): Promise<readonly Listener[]> {
  if (process.platform === "linux") return fromProc(pids ?? (await allPids()));
  if (process.platform === "win32") return [];
  const select = pids === undefined ? [] : ["-a", "-p", pids.join(",")];
  const { stdout } = await run("lsof", ["-nP", "-iTCP", "-sTCP:LISTEN", "-Fpn", ...select]).catch(() => ({
    stdout: "",
  }));
  let pid = 0;
  return stdout.split("\n").flatMap((line) => {
    if (line.startsWith("p")) pid = Number(line.slice(1));
    return line.startsWith("n") ? [{ pid, port: Number(line.slice(line.lastIndexOf(":") + 1)) }] : [];
  });
}

async function fromProc(pids: readonly number[]): Promise<readonly Listener[]> {
  const ports = await listeningSockets();
  const found = await Promise.all(
    pids.map(async (pid) => {
      const links = await socketLinks(pid);
      return links.flatMap((link) => {
        const port = ports.get(link);
        return port === undefined ? [] : [{ pid, port }];
      });
    }),
  );
  return found.flat();
}

/** `socket:[INODE]` to the port, for sockets in the state LISTEN, which is 0A in `/proc/net/tcp` (proc_pid_net(5)). */
async function listeningSockets(): Promise<ReadonlyMap<string, number>> {
  const texts = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8").catch(() => "")),
  );
  const rows = texts.flatMap((text) => text.split("\n").slice(1)).map((line) => line.trim().split(/\s+/));
  return new Map(
    rows
      .filter((fields) => fields[3] === "0A")
      .map((fields) => [`socket:[${fields[9]}]`, Number.parseInt(fields[1]?.split(":")[1] ?? "", 16)]),
  );
}

async function socketLinks(pid: number): Promise<readonly string[]> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")));
  return links.filter((link) => link.startsWith("socket:"));
}

async function allPids(): Promise<readonly number[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
}

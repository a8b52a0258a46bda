import { readdir, readFile, readlink } from "node:fs/promises";
import { readListeners } from "./probes/listening-ports.ts";

/** Who of this machine's processes listens on a TCP port, in words: `node server.js (process 4711)`. */
export async function portHolder(port: number): Promise<string> {
  const holder = process.platform === "linux" ? await holderFromProc(port) : await holderFromLsof(port);
  return holder ?? "a program of another user (`sudo lsof -i` names it)";
}

/** Linux: the sockets' table names an inode, and a process's open files name the same. */
async function holderFromProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readText(`/proc/net/${name}`)));
  const inodes = readListeners(tables.join("\n")).flatMap((each) => (each.port === port ? [each.inode] : []));
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  if (wanted.size === 0) return undefined;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsOneOf(pid, wanted))) continue;
    const words = (await readText(`/proc/${pid}/cmdline`)).split("\0").filter(Boolean);
    return `${words.join(" ").slice(0, 120)} (process ${pid})`;
  }
  return undefined;
}

async function holdsOneOf(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.some((link) => sockets.has(link));
}

/** Elsewhere: `lsof -F` prints a letter and a value a line; p is the process, c its command. */
async function holderFromLsof(port: number): Promise<string | undefined> {
  const { execa } = await import("execa");
  const { stdout } = await execa("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], { reject: false });
  const lines = (stdout ?? "").split("\n");
  const value = (letter: string) => lines.find((line) => line.startsWith(letter))?.slice(1);
  const pid = value("p");
  return pid === undefined ? undefined : `${value("c") ?? "a program"} (process ${pid})`;
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

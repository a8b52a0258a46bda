import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One live process. Zombies are left out: they hold nothing and only wait for their parent. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** The processes of this machine: /proc on Linux, `ps` elsewhere, nothing on Windows. */
export async function listProcesses(): Promise<readonly ProcessEntry[]> {
  if (process.platform === "linux") return fromProc();
  if (process.platform === "win32") return [];
  const { stdout } = await run("ps", ["-axo", "pid=,ppid=,pgid=,stat="], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    return pid === undefined || pid === "" || state?.startsWith("Z") ? [] : [entry(pid, parent, group)];
  });
}

/** Whether a process lives; a zombie does not. */
export async function isLive(pid: number): Promise<boolean> {
  if (process.platform === "linux")
    return (await readFile(`/proc/${pid}/stat`, "utf8").then(parseStat, none)) !== undefined;
  return (await listProcesses()).some((each) => each.pid === pid);
}

/** Those of these processes whose environment holds this `NAME=value` word, with all the words that begin with `DRYDOCK_`. */
export async function filterByEnvironment(
  entries: readonly ProcessEntry[],
  word: string,
): Promise<readonly (ProcessEntry & { readonly markers: readonly string[] })[]> {
  const environments = await readMarkers(entries);
  return entries.flatMap((each) => {
    const markers = environments.get(each.pid) ?? [];
    return markers.includes(word) ? [{ ...each, markers }] : [];
  });
}

/** Only this user's environments can be read; root reads all. */
async function readMarkers(entries: readonly ProcessEntry[]): Promise<ReadonlyMap<number, readonly string[]>> {
  if (process.platform === "win32") return new Map();
  if (process.platform === "linux") {
    const isOurs = (word: string) => word.startsWith("DRYDOCK_");
    const read = async ({ pid }: ProcessEntry) =>
      [pid, (await splitZero(`/proc/${pid}/environ`)).filter(isOurs)] as const;
    return new Map(await Promise.all(entries.map(read)));
  }
  const { stdout } = await run("ps", ["-axEww", "-o", "pid=,command="], { maxBuffer: 256 * 1024 * 1024 });
  // A value may hold spaces: it ends where the next NAME= begins.
  const words = / (DRYDOCK_[A-Z]+=.*?)(?= [A-Za-z_]\w*=|$)/g;
  return new Map(
    stdout
      .split("\n")
      .map((line) => [Number.parseInt(line, 10), [...line.matchAll(words)].map((match) => match[1] ?? "")]),
  );
}

/** The command line of a process, for messages; undefined when it is gone. */
export async function readCommandLine(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return (await splitZero(`/proc/${pid}/cmdline`)).join(" ") || undefined;
  if (process.platform === "win32") return undefined;
  const { stdout } = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout.trim() || undefined;
}

async function fromProc(): Promise<readonly ProcessEntry[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, "utf8").then(parseStat, none)));
  return entries.filter((each) => each !== undefined);
}

const none = () => undefined;

/** Field 2 of `/proc/PID/stat`, the name, may hold spaces and brackets: the rest begins after the last one (proc_pid_stat(5)). */
function parseStat(text: string): ProcessEntry | undefined {
  const [state, parent, group] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : entry(text.slice(0, text.indexOf(" ")), parent, group);
}

function entry(pid: string, parent: string | undefined, group: string | undefined): ProcessEntry {
  return { pid: Number(pid), parent: Number(parent), group: Number(group) };
}

async function splitZero(path: string): Promise<readonly string[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\0").filter((word) => word !== "");
}

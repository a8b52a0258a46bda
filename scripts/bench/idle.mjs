// What a supervisor costs while nothing happens, with the guardian of its processes: read from /proc.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { interrupted } from "./interrupt.mjs";
import { figureRow } from "./rows.mjs";
import { time, works } from "./run-command.mjs";
import { dev, missingPrograms, noEngine, openStack } from "./stack.mjs";

const settleMs = 3_000;
const windows = 3;
const windowMs = 10_000;

export const name = "idle";
export async function missing() {
  if (process.platform !== "linux") return "there is no /proc to read";
  const programs = await missingPrograms();
  return programs === undefined || (await works("docker", "info"))
    ? undefined
    : `no Docker engine answers, and ${programs}`;
}

export async function* measure() {
  if (await works("docker", "info")) yield* supervisor("docker", {});
  if ((await missingPrograms()) === undefined) yield* supervisor("local", noEngine);
}

async function* supervisor(engine, extra) {
  const stack = await openStack(`idle-${engine}`, extra);
  try {
    await time([...dev, "up", "--detach"], stack);
    const processes = withGuardian(supervisorOf(stack));
    await pause(settleMs, undefined, { signal: interrupted });
    const samples = { share: [], memory: [] };
    for (let count = 0; count < windows; count++) {
      samples.share.push(await percentOfACore(processes));
      samples.memory.push(residentMb(processes));
    }
    yield figureRow(`supervisor, stack idle, ${engine}, CPU`, samples.share, "% of a core", 1);
    yield figureRow(`supervisor, stack idle, ${engine}, memory`, samples.memory, "MB", 120);
  } finally {
    await stack.remove();
  }
}

function supervisorOf({ directory, variables }) {
  const record = join(directory, ".dev/projects", variables.COMPOSE_PROJECT_NAME, "session.json");
  return JSON.parse(readFileSync(record, "utf8")).supervisorPid;
}

function withGuardian(supervisorPid) {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  const guardian = pids.find((pid) => isGuardianOf(supervisorPid, pid));
  return guardian === undefined ? [supervisorPid] : [supervisorPid, Number(guardian)];
}

function isGuardianOf(supervisorPid, pid) {
  try {
    const isChild = Number(statFields(pid)[1]) === supervisorPid;
    return isChild && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("drydock-guardian");
  } catch {
    return false; // It ended meanwhile.
  }
}

async function percentOfACore(processes) {
  const [before, startedAt] = [cpuMs(processes), performance.now()];
  await pause(windowMs, undefined, { signal: interrupted });
  return ((cpuMs(processes) - before) / (performance.now() - startedAt)) * 100;
}

/** User and system time so far; a tick of /proc is 10 ms (proc_pid_stat(5), CLK_TCK). */
function cpuMs(pids) {
  return pids.reduce((sum, pid) => sum + (Number(statFields(pid)[11]) + Number(statFields(pid)[12])) * 10, 0);
}

function residentMb(pids) {
  const kilobytes = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]));
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** The fields after the program's name, which may hold spaces: `state` is the first, `ppid` the second. */
function statFields(pid) {
  return readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
}

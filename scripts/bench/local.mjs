// The starter on programs of this machine, and what its supervisor costs while nothing happens.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { time } from "./measure.mjs";
import { absoluteRow, figureRow } from "./rows.mjs";
import { dev, has, openStack } from "./stack.mjs";

const runs = 5;
const idleMs = 10_000;

export const name = "local";
export const missing = () => {
  const absent = ["mongod", "redis-server", "nginx"].filter((program) => !has("which", program));
  return absent.length === 0 ? undefined : `not on PATH: ${absent.join(", ")}`;
};

export async function* measure() {
  const stack = await openStack("local", { DOCKER_HOST: "unix:///nonexistent/docker.sock" });
  const samples = { up: [], idle: [], down: [] };
  try {
    for (let run = -1; run < runs; run++) {
      const up = await time([...dev, "up", "--detach"], stack);
      const idle = await time([...dev, "up", "--detach"], stack);
      if (run === runs - 1) yield* supervisor(stack);
      const down = await time([...dev, "down"], stack);
      // The first run also installs the services' dependencies.
      if (run >= 0) for (const [key, value] of Object.entries({ up, idle, down })) samples[key].push(value);
    }
    yield absoluteRow("dev up --detach, local", samples.up, 2_000);
    yield absoluteRow("dev up --detach, local, nothing to do", samples.idle, 400);
  } finally {
    await stack.remove();
  }
}

async function* supervisor({ directory, variables }) {
  const record = join(directory, ".dev/projects", variables.COMPOSE_PROJECT_NAME, "session.json");
  const { supervisorPid } = JSON.parse(readFileSync(record, "utf8"));
  const before = cpuMs(supervisorPid);
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const share = (cpuMs(supervisorPid) - before) / idleMs;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${supervisorPid}/status`, "utf8"))?.[1]) / 1024;
  yield figureRow("supervisor, stack idle, CPU", share, `${(share * 100).toFixed(1)} % of a core`, 0.01, "<= 1 %");
  yield figureRow("supervisor, stack idle, memory", memory, `${memory.toFixed(0)} MB`, 120, "<= 120 MB");
}

/** User and system time so far; a tick of /proc is 10 ms (proc_pid_stat(5), CLK_TCK). */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

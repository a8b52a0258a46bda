// From `git clone` to the first order that is done: a new colleague's first minute. No budget: the network decides much of it.
// "Cold" is npm's cache alone: the images are there, and Docker keeps the layers that it built.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { order } from "./order.mjs";
import { timeRow } from "./rows.mjs";
import { runCommand, time, works } from "./run-command.mjs";
import { freePort, missingPrograms, root, takeDown } from "./stack.mjs";

const runs = 3;

export const name = "clone";
export const isOnlyOnDemand = true;
export async function missing() {
  const programs = await missingPrograms();
  return programs === undefined || (await works("docker", "info"))
    ? undefined
    : `no Docker engine answers, and ${programs}`;
}

export async function* measure() {
  const folder = await mkdtemp(join(tmpdir(), "drydock-bench-clone-"));
  const cache = join(folder, "npm-cache");
  const engine = (await works("docker", "info")) ? "docker" : "local";
  try {
    const samples = { cold: [], warm: [] };
    for (let run = 0; run < runs; run++) {
      await rm(cache, { recursive: true, force: true });
      for (const key of Object.keys(samples)) samples[key].push(await firstMinute(join(folder, "clone"), cache));
    }
    for (const [key, values] of Object.entries(samples))
      yield timeRow(`clone -> first order done, ${engine}, npm's cache ${key}`, values);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstMinute(directory, cache) {
  const port = await freePort();
  const variables = {
    ...process.env,
    npm_config_cache: cache,
    PROXY_PORT: String(port),
    COMPOSE_PROJECT_NAME: `bench-clone-${port}`,
  };
  const options = { directory, variables };
  try {
    const startedAt = performance.now();
    await runCommand(["git", "clone", "-q", root, directory], { variables });
    await time(["npm", "ci"], options);
    await time(["npx", "dev", "up", "--detach"], options);
    await order(`http://localhost:${port}`);
    return performance.now() - startedAt;
  } finally {
    await takeDown(options, () => rm(directory, { recursive: true, force: true }));
  }
}

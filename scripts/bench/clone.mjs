// From `git clone` to the first order that is done: a new colleague's first minute. No budget: the network decides much of it.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { time } from "./measure.mjs";
import { reportRow } from "./rows.mjs";
import { has, order, root } from "./stack.mjs";

export const name = "clone";
export const isOnlyOnDemand = true;

export async function* measure() {
  const folder = await mkdtemp(join(tmpdir(), "drydock-bench-clone-"));
  try {
    const variables = {
      ...process.env,
      npm_config_cache: join(folder, "npm-cache"),
      PROXY_PORT: "18099",
      COMPOSE_PROJECT_NAME: "bench-clone",
    };
    yield reportRow("clone -> first order done, npm's cache cold", [
      await firstMinute(join(folder, "cold"), variables),
    ]);
    const warm = [];
    for (let run = 0; run < 3; run++) warm.push(await firstMinute(join(folder, `warm-${run}`), variables));
    yield reportRow("clone -> first order done, npm's cache warm", warm);
  } finally {
    if (has("docker", "info")) {
      const images = execFileSync("docker", ["image", "ls", "-q", "--filter", "reference=bench-clone-*"], {
        encoding: "utf8",
      });
      if (images !== "")
        execFileSync("docker", ["image", "rm", "--force", ...new Set(images.trim().split("\n"))], { stdio: "ignore" });
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstMinute(directory, variables) {
  const startedAt = performance.now();
  execFileSync("git", ["clone", "-q", root, directory]);
  const options = { directory, variables };
  await time(["npm", "ci"], options);
  await time(["npx", "dev", "up", "--detach"], options);
  await order(`http://127.0.0.1:${variables.PROXY_PORT}`);
  const took = performance.now() - startedAt;
  await time(["npx", "dev", "down", "--volumes", "--yes"], options);
  return took;
}

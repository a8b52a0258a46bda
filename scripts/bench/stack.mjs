// A copy of the starter in a folder of its own, and the commands that are measured on it.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const dev = [process.execPath, join(root, "packages/cli/bin/dev.js")];

/** Makes the copy; `remove` takes it down, whatever runs, and leaves nothing. */
export async function openStack(name, extra = {}) {
  const directory = await mkdtemp(join(tmpdir(), `drydock-bench-${name}-`));
  const starter = join(root, "templates/starter");
  await cp(starter, directory, {
    recursive: true,
    filter: (path) => !/node_modules|\/\.dev$/.test(path.slice(starter.length)),
  });
  const port = await freePort();
  const variables = {
    ...process.env,
    PROXY_PORT: String(port),
    COMPOSE_PROJECT_NAME: `bench-${name}-${port}`,
    ...extra,
  };
  const options = { directory, variables };
  const quiet = { cwd: directory, env: variables, stdio: "ignore" };
  return {
    ...options,
    url: `http://127.0.0.1:${port}`,
    async remove() {
      execFileSync(dev[0], [dev[1], "down", "--volumes", "--yes"], quiet);
      if (extra.DOCKER_HOST === undefined && has("docker", "info"))
        execFileSync("docker", ["compose", "down", "--volumes", "--rmi", "local"], quiet);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Whether a command works here. */
export function has(program, ...args) {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Places an order and follows it until it is done. */
export async function order(url, pollMs = 20) {
  const body = JSON.stringify({ item: "tea", quantity: 1 });
  const placed = await fetch(`${url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  if (placed.status !== 201) throw new Error(`POST /api/orders: ${placed.status} ${await placed.text()}`);
  const { id } = await placed.json();
  for (;;) {
    const { status } = await (await fetch(`${url}/api/orders/${id}`)).json();
    if (status === "done") return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

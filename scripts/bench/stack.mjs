// A copy of the starter in a folder of its own, and the commands that are measured on it.
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, works } from "./run-command.mjs";

export const root = join(import.meta.dirname, "../..");
export const dev = [process.execPath, join(root, "packages/cli/bin/dev.js")];
export const noEngine = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };

/** Makes the copy; `remove` takes it down, whatever runs, and leaves nothing. */
export async function openStack(name, extra = {}) {
  const directory = await mkdtemp(join(tmpdir(), `drydock-bench-${name}-`));
  const starter = join(root, "templates/starter");
  await cp(starter, directory, {
    recursive: true,
    filter: (path) => !/node_modules|\/\.dev$/.test(path.slice(starter.length)),
  });
  const port = await freePort();
  const options = {
    directory,
    variables: {
      ...process.env,
      PROXY_PORT: String(port),
      COMPOSE_PROJECT_NAME: `bench-${name}-${port}`,
      ...extra,
    },
  };
  return {
    ...options,
    url: `http://127.0.0.1:${port}`,
    remove: () => takeDown(options, () => rm(directory, { recursive: true, force: true })),
  };
}

/**
 * Stops the stack, removes its data and its images, then does the rest. Interrupting does not keep it from that. Where it
 * fails, the folder stays, so that `dev down` can be called there by hand.
 */
export async function takeDown(options, finish) {
  const limit = AbortSignal.timeout(90_000);
  if (existsSync(join(options.directory, "docker-compose.yml"))) {
    try {
      await runCommand([...dev, "down", "--volumes", "--yes"], options, limit);
    } finally {
      if (options.variables.DOCKER_HOST !== noEngine.DOCKER_HOST && (await works("docker", "info")))
        await runCommand(["docker", "compose", "down", "--volumes", "--rmi", "local"], options, limit);
    }
  }
  await finish();
}

/** What the local engine of the starter lacks on this machine, as a reason; undefined where it lacks nothing. */
export async function missingPrograms() {
  const absent = [];
  for (const program of ["mongod", "redis-server", "nginx"])
    if (!(await works("sh", "-c", `command -v ${program}`))) absent.push(program);
  return absent.length === 0 ? undefined : `not on PATH: ${absent.join(", ")}`;
}

/** A port that nobody listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

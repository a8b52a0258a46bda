// A database server as a process: ours through `dev serve`, or the real program, with its data in a folder that goes with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interrupted } from "./interrupt.mjs";

/** Starts `command(port, folder)` and resolves when `answers(port)` does; `readyMs` counts from the spawn. The folder is kept by `restart`. */
export async function openServer(command, answers, folder = undefined) {
  const directory = folder ?? (await mkdtemp(join(tmpdir(), "drydock-bench-")));
  const port = await freePort();
  const [program, ...words] = command(port, directory);
  const startedAt = performance.now();
  const child = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const closed = once(child, "exit");
  try {
    while (!(await answers(port))) {
      interrupted.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said}`);
      if (performance.now() - startedAt > 30_000) throw new Error(`${program} does not answer within 30 s`);
    }
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const readyMs = performance.now() - startedAt;
  const stop = async () => {
    child.kill("SIGTERM");
    await closed;
  };
  return {
    port,
    pid: child.pid,
    readyMs,
    stop,
    restart: async () => {
      await stop();
      return openServer(command, answers, directory);
    },
    remove: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A port that nobody has, for now. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

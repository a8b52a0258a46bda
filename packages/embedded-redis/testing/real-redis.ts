import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { RawClient } from "./raw-client.ts";

/** Why the tests against a real server cannot run here; undefined when they can. */
export const whyNoRealRedis: string | undefined =
  spawnSync("redis-server", ["--version"]).status === 0 ? undefined : "redis-server is not on PATH";

/** A real redis-server for comparison. */
export interface RealRedis {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts redis-server on a free port, in a folder of its own. */
export async function startRealRedis(...settings: readonly string[]): Promise<RealRedis> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-real-redis-"));
  const port = await freePort();
  const args = ["--port", String(port), "--save", "", "--dir", folder, "--enable-debug-command", "yes", ...settings];
  const child = spawn("redis-server", args, { stdio: "ignore" });
  const exited = once(child, "exit");
  const client = await eventually(() => RawClient.connect(port));
  client.close();
  return {
    port,
    async stop() {
      child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { Redis } from "ioredis";

/** A redis-server of the machine, on a Unix socket in a folder of its own. */
export interface RealRedis {
  readonly client: Redis;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Why tests against it cannot run here; undefined when they can. */
export const whyNoRealRedis = ((): string | undefined => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "there is no redis-server on PATH";
  }
})();

/** Starts it; `folder` may hold a dump.rdb or appendonlydir that it loads. It is removed at the end. */
export async function startRealRedis(folder?: string, settings: readonly string[] = []): Promise<RealRedis> {
  const directory = folder ?? (await mkdtemp(join(tmpdir(), "real-redis-")));
  const socket = join(directory, "redis.sock");
  const fixed = [
    "--port",
    "0",
    "--unixsocket",
    socket,
    "--dir",
    directory,
    "--save",
    "",
    "--enable-debug-command",
    "yes",
  ];
  const child = spawn("redis-server", [...fixed, ...settings], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const client = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => undefined);
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`redis-server ended: ${output}`);
    return (await client.ping()) === "PONG";
  }).catch(async (error: unknown) => {
    await stop(child, client, directory);
    throw error;
  });
  return { client, folder: directory, stop: () => stop(child, client, directory) };
}

async function stop(child: ChildProcess, client: Redis, folder: string): Promise<void> {
  client.disconnect();
  const ended = child.exitCode !== null ? undefined : new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  await rm(folder, { recursive: true, force: true });
}

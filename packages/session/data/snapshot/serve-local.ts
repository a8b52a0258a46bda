import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { probeMongo } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { DataEngine, ScratchServer } from "./engine.ts";
import { noScratchServer } from "./errors.ts";

const host = "127.0.0.1";
const readyWithinMs = 30_000;
const pollMs = 50;

/**
 * Servers on this machine: the embedded Redis reads the files of every Redis, the embedded MongoDB its own, a mongod on PATH those of a mongod. They end
 * with this process.
 */
export function serveLocally(session: Session): DataEngine["serve"] {
  return async ({ service, kind, provider }, folder, signal) => {
    const isEmbedded = provider.startsWith("embedded");
    if (kind === "mongo" && !isEmbedded) {
      if (!provider.endsWith(" on PATH")) throw noScratchServer(service, provider);
      return startMongod(session, provider.replace(/ on PATH$/, ""), folder, signal);
    }
    const request = { host, port: 0, dataDirectory: folder, log: () => undefined };
    const [{ serveMongo }, { serveRedis }] = await Promise.all([
      import("../../serve/serve-mongo.ts"),
      import("../../serve/serve-redis.ts"),
    ]);
    const appends = existsSync(join(folder, "appendonlydir")) ? "yes" : "no";
    const served = await (kind === "mongo"
      ? serveMongo({ ...request, arguments: [], replicaSet: undefined, user: undefined })
      : serveRedis({ ...request, arguments: ["--appendonly", appends] }));
    return { uri: served.uris[0] ?? "", stop: () => served.stop() };
  };
}

async function startMongod(
  session: Session,
  program: string,
  folder: string,
  signal: AbortSignal,
): Promise<ScratchServer> {
  const { Guardian, markers } = await import("@drydock/processes");
  const port = await freePort();
  const words = ["--dbpath", folder, "--port", String(port), "--bind_ip", host];
  const env = { ...process.env, ...markers("", session.stack.environment.directory, "snapshot") };
  const child = spawn(program, words, { detached: true, stdio: "ignore", env });
  const ended = once(child, "exit");
  ended.catch(() => undefined); // a program that is not there says so below
  const guardian = new Guardian("");
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, "SIGTERM");
      await ended;
      guardian.release(child.pid);
    }
    await guardian.close();
  };
  if (child.pid === undefined) throw noScratchServer("mongo", program);
  guardian.guard(child.pid);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(readyWithinMs)]);
    while (!(await probeMongo({ host, port }, { isPrimary: false }, limit)).isReady)
      await session.clock.sleep(pollMs, limit);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri: `mongodb://${host}:${port}/?directConnection=true`, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

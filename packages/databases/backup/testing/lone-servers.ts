import { fileURLToPath } from "node:url";
import { probeMongo } from "../../mongo/probe.ts";
import { probeRedis } from "../../redis/probe.ts";
import { freePort, startServer, type TestServer, until } from "../../test-server.ts";

const program = fileURLToPath(new URL("../../../cli/bin/dev.js", import.meta.url));
const { signal } = new AbortController();

/** A server of a test that is alone, with its address. */
export interface LoneServer extends TestServer {
  readonly uri: string;
}

/** The embedded MongoDB in memory, by the built program; a member of a replica set where that is said. */
export async function embeddedMongo(isMember = false): Promise<LoneServer> {
  const words = isMember ? ["--replica-set", "rs0"] : [];
  return ready("mongodb", await served(["mongo", "--memory", ...words]));
}

/** The embedded Redis; `folder` undefined: in memory. */
export async function embeddedRedis(folder?: string): Promise<LoneServer> {
  return ready("redis", await served(["redis", ...(folder === undefined ? ["--memory"] : ["--data", folder])]));
}

/** The `redis-server` on PATH, its files in a folder. */
export async function redisServer(folder: string, ...words: readonly string[]): Promise<LoneServer> {
  const fixed = ["--bind", "127.0.0.1", "--dir", folder];
  return ready("redis", await startServer("redis-server", (port) => ["--port", String(port), ...fixed, ...words]));
}

async function served(words: readonly string[]): Promise<TestServer> {
  const port = await freePort();
  return startServer(process.execPath, () => [program, "serve", ...words, "--port", String(port)], port);
}

async function ready(scheme: "mongodb" | "redis", server: TestServer): Promise<LoneServer> {
  const address = { host: "127.0.0.1", port: server.port };
  await until(
    () => (scheme === "redis" ? probeRedis(address, signal) : probeMongo(address, { isPrimary: false }, signal)),
    ({ isReady }) => isReady,
  );
  const query = scheme === "mongodb" ? "/?directConnection=true" : "";
  return { ...server, uri: `${scheme}://127.0.0.1:${server.port}${query}` };
}

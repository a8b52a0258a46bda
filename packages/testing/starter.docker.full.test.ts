import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { checkStarterContract, placeOrderAndSeeItDone } from "./starter-contract.ts";

// The starter as a person runs it who has Docker and nothing of ours: plain `docker compose`.
const run = promisify(execFile);
const hasEngine =
  spawnSync("docker", ["compose", "version"]).status === 0 && spawnSync("docker", ["info"]).status === 0;
const skipped = hasEngine ? "" : " (skipped: no Docker engine answers)";
const file = join(import.meta.dirname, "../../templates/starter/docker-compose.yml");
const project = `starter-test-${process.pid}-${Date.now().toString(36)}`;

let baseUrl = "";
let environment: NodeJS.ProcessEnv = process.env;

async function docker(...words: string[]): Promise<string> {
  return (await run("docker", words, { env: environment, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
}
const compose = (...words: string[]) => docker("compose", "-f", file, "-p", project, ...words);
const replicasOfApi = async () => (await compose("ps", "-q", "api")).split("\n");

describe.skipIf(!hasEngine)(`the starter on plain docker compose${skipped}`, () => {
  beforeAll(async () => {
    const port = await freePort();
    environment = { ...process.env, PROXY_PORT: String(port) };
    baseUrl = `http://127.0.0.1:${port}`;
    await compose("up", "-d", "--build", "--wait");
  });

  afterAll(async () => {
    await compose("down", "--volumes", "--rmi", "local", "--timeout", "5");
    expect(await leftovers()).toEqual([]);
  });

  test("keeps its contract", () => checkStarterContract(baseUrl));

  test("comes up again with exit code 0, although migrate has ended", async () => {
    await compose("up", "-d", "--wait");
    expect((await fetch(`${baseUrl}/api/health`)).status).toBe(200);
  });

  test("serves metrics on each api, past the proxy", async () => {
    const script =
      "fetch(`http://127.0.0.1:${process.env.PORT}/metrics`).then((answer) => answer.text()).then(console.log)";
    for (const index of ["1", "2"]) {
      const metrics = await compose("exec", "-T", "--index", index, "api", "node", "-e", script);
      expect(metrics).toMatch(/^# TYPE shop_orders_placed_total counter$/m);
    }
  });

  test("says which database is away, and loses no order that is placed without Redis", async () => {
    await compose("stop", "redis");
    await eventually(async () => (await failingParts()) === "redis");
    const body = JSON.stringify({ item: "tea", quantity: 1 });
    const placed = await ask("/api/orders", { method: "POST", body });
    expect(placed.status).toBe(201);
    const id = String(placed.body.id);

    await compose("start", "redis");
    await eventually(async () => (await ask(`/api/orders/${id}`)).body.status === "done", 30_000);
    expect(await failingParts()).toBe("");
  });

  test("is unhealthy while MongoDB is away, and recovers by itself", async () => {
    await compose("kill", "mongo");
    await eventually(async () => (await failingParts()) === "mongo");
    await compose("up", "-d", "--wait", "mongo");
    await eventually(async () => (await failingParts()) === "");
    await placeOrderAndSeeItDone(baseUrl);
  });

  test("answers every request while one replica of api after the other is made anew", async () => {
    const traffic = keepAsking();
    for (const id of await replicasOfApi()) {
      await docker("stop", id);
      await docker("rm", id);
      const others = await replicasOfApi();
      await compose("up", "-d", "--wait", "api");
      // The proxy looks for new addresses once a second: the next replica goes when the new one has work.
      const [anew = ""] = (await replicasOfApi()).filter((each) => !others.includes(each));
      await eventually(async () => (await docker("logs", anew)).includes("POST /api/orders 201"));
    }
    expect(await traffic.stop()).toEqual([]);
  });

  test("gives no 502 when all of api is made anew at once", async () => {
    const traffic = keepAsking();
    await compose("up", "-d", "--wait", "--force-recreate", "--no-deps", "api");
    expect((await traffic.stop()).filter((answer) => answer !== "503")).toEqual([]);

    const after = keepAsking();
    await placeOrderAndSeeItDone(baseUrl);
    expect(await after.stop()).toEqual([]);
  });

  test("stops each Node service within a second of SIGTERM, with exit code 0", async () => {
    const containers = (await compose("ps", "-q", "api", "web", "worker")).split("\n");
    expect(containers).toHaveLength(4);
    await docker("kill", "--signal", "SIGTERM", ...containers);
    expect((await docker("wait", ...containers)).split("\n")).toEqual(["0", "0", "0", "0"]);
    const logs = await compose("logs", "--no-log-prefix", "--tail", "1", "api", "web", "worker");
    // Measured by the services themselves: what Docker adds depends on the machine.
    const took = [...logs.matchAll(/"msg":"stopped","signal":"SIGTERM","ms":(\d+)/g)].map(([, ms]) => Number(ms));
    expect(took).toHaveLength(4);
    expect(Math.max(...took)).toBeLessThan(1_000);
  });
});

/** The names of what /api/health says is failing; empty where all is well. */
async function failingParts(): Promise<string> {
  const { status, body } = await ask("/api/health");
  expect(status).toBe(body.status === "ok" ? 200 : 503);
  return String(body.failing);
}

async function ask(path: string, request: RequestInit = {}) {
  const response = await fetch(`${baseUrl}${path}`, request);
  return { status: response.status, body: parseObject(await response.text()) };
}

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Sends reads and orders without pause; `stop` gives every answer that was neither 200 nor 201. */
function keepAsking(): { stop(): Promise<readonly string[]> } {
  const bad: string[] = [];
  let isOn = true;
  const body = JSON.stringify({ item: "tea", quantity: 1 });
  const ask = async (path: string, request: RequestInit): Promise<void> => {
    while (isOn) {
      const answer = await fetch(`${baseUrl}${path}`, request).then(
        async (response) => {
          await response.arrayBuffer();
          return response.ok ? undefined : String(response.status);
        },
        (error: unknown) => String(error),
      );
      if (answer !== undefined) bad.push(answer);
    }
  };
  const lanes = [ask("/api/orders?limit=1", {}), ask("/api/orders", { method: "POST", body }), ask("/api/health", {})];
  return {
    async stop() {
      isOn = false;
      await Promise.all(lanes);
      return bad;
    },
  };
}

async function leftovers(): Promise<readonly string[]> {
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const lists = await Promise.all([
    docker("ps", "-aq", ...filter),
    docker("network", "ls", "-q", ...filter),
    docker("volume", "ls", "-q", ...filter),
    docker("image", "ls", "-q", ...filter),
  ]);
  return lists.filter((text) => text !== "");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string" ? reject(new Error("no port")) : resolve(address.port),
      );
    });
  });
}

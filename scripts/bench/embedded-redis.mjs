// The embedded Redis beside the real one, through ioredis as an application uses it.
import { join } from "node:path";
import { Redis } from "ioredis";
import { rateRatioRow, timeRow } from "./rows.mjs";
import { works } from "./run-command.mjs";
import { openServer } from "./serve.mjs";

const runs = 5;
const pipelines = 200;
const commandsEach = 500;
const dev = join(import.meta.dirname, "../../packages/cli/bin/dev.js");
const ours = (port, folder) => [process.execPath, dev, "serve", "redis", "--port", `${port}`, "--data", folder];
// With the append-only file, as ours has with a folder: the same promise to whoever writes.
const real = (port, folder) => ["redis-server", "--port", `${port}`, "--dir", folder, "--appendonly", "yes"];

export const name = "embedded-redis";
export async function missing() {
  return (await works("redis-server", "--version")) ? undefined : "redis-server is not on PATH";
}

export async function* measure() {
  const ready = [];
  for (let run = 0; run < runs; run++) {
    const server = await openServer(ours, answers);
    ready.push(server.readyMs);
    await server.remove();
  }
  yield timeRow("embedded Redis, ready from spawn", ready, 300);

  const servers = { ours: await openServer(ours, answers), real: await openServer(real, answers) };
  const clients = { ours: connect(servers.ours), real: connect(servers.real) };
  const rates = { ours: { set: [], get: [] }, real: { set: [], get: [] } };
  const sorted = [];
  try {
    // The first run of each warms up the client's code and is not counted.
    for (let run = -1; run < runs; run++)
      for (const side of ["ours", "real"])
        for (const command of ["set", "get"]) {
          const rate = await pipelined(clients[side], command);
          if (run >= 0) rates[side][command].push(rate);
        }
    for (const command of ["set", "get"]) {
      const what = `${command.toUpperCase()} in pipelines of ${commandsEach} through ioredis`;
      yield rateRatioRow(what, "redis-server", rates.ours[command], rates.real[command], 0.7);
    }
    for (let run = 0; run < runs; run++) sorted.push(await addToSortedSet(clients.ours));
    yield timeRow("100,000 ZADD of random scores", sorted, 1_500);
  } finally {
    for (const client of Object.values(clients)) client.disconnect();
    for (const server of Object.values(servers)) await server.remove();
  }
}

async function pipelined(client, command) {
  const startedAt = performance.now();
  for (let count = 0; count < pipelines; count++) {
    const pipeline = client.pipeline();
    for (let index = 0; index < commandsEach; index++) {
      const key = `key:${count}:${index}`;
      if (command === "set") pipeline.set(key, `value ${index}`);
      else pipeline.get(key);
    }
    const replies = await pipeline.exec();
    if (replies.some(([error]) => error)) throw replies.find(([error]) => error)[0];
  }
  return (pipelines * commandsEach) / ((performance.now() - startedAt) / 1000);
}

async function addToSortedSet(client) {
  await client.del("scores");
  const startedAt = performance.now();
  for (let count = 0; count < 100; count++) {
    const pipeline = client.pipeline();
    for (let index = 0; index < 1_000; index++) pipeline.zadd("scores", Math.random(), `member:${count}:${index}`);
    await pipeline.exec();
  }
  return performance.now() - startedAt;
}

const connect = ({ port }) => new Redis({ port, host: "127.0.0.1", lazyConnect: false });

async function answers(port) {
  const client = new Redis({ port, host: "127.0.0.1", retryStrategy: null, maxRetriesPerRequest: 0 });
  client.on("error", () => undefined);
  try {
    return (await client.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

import { afterEach, expect, test } from "vitest";
import { type ChildServer, startChildServer } from "../testing/child-server.ts";
import { RawClient } from "../testing/raw-client.ts";

const servers: ChildServer[] = [];
const clients: RawClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(servers.splice(0).map((server) => server.kill()));
});

async function start(password?: string): Promise<ChildServer> {
  const settings = { "busy-reply-threshold": "50" };
  const server = await startChildServer({ settings, ...(password === undefined ? {} : { password }) });
  servers.push(server);
  return server;
}

async function connect({ port }: ChildServer): Promise<RawClient> {
  const client = await RawClient.connect(port);
  clients.push(client);
  return client;
}

/** Asks until the answer is BUSY: from then on the script is slow. */
async function untilBusy(client: RawClient): Promise<string> {
  for (;;) {
    const reply = await client.call("GET", "a");
    if (typeof reply === "object" && reply !== null && "error" in reply) return String(reply.error);
  }
}

const forever = "while true do end";

test("Others are told BUSY while a script is slow, and SCRIPT KILL ends it", async () => {
  const server = await start();
  const [runner, other] = [await connect(server), await connect(server)];
  await runner.call("EVAL", "return 1", 0);
  await other.call("PING");
  const running = runner.call("EVAL", forever, 0);
  expect(await untilBusy(other)).toBe(
    "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
  );
  expect(await other.call("FUNCTION", "KILL")).toEqual({ error: expect.stringContaining("BUSY Redis is busy") });
  expect(await other.call("SCRIPT", "KILL")).toEqual({ simple: "OK" });
  expect(await running).toEqual({ error: expect.stringContaining("Script killed by user with SCRIPT KILL.") });
  expect(await other.call("SET", "a", 1)).toEqual({ simple: "OK" });
  expect(await other.call("SCRIPT", "KILL")).toEqual({ error: "NOTBUSY No scripts in execution right now." });
});

test("A script that catches errors is ended all the same", async () => {
  const server = await start();
  const [runner, other] = [await connect(server), await connect(server)];
  await other.call("PING");
  const running = runner.call("EVAL", `while true do pcall(function() ${forever} end) end`, 0);
  await untilBusy(other);
  await other.call("SCRIPT", "KILL");
  expect(await running).toEqual({ error: expect.stringContaining("Script killed by user") });
});

test("A script that wrote is not killed; SHUTDOWN NOSAVE ends it with the server", async () => {
  const server = await start();
  const [runner, other] = [await connect(server), await connect(server)];
  await other.call("PING");
  void runner.call("EVAL", `redis.call('set', 'half', 1) ${forever}`, 0);
  await untilBusy(other);
  expect(await other.call("SCRIPT", "KILL")).toEqual({ error: expect.stringContaining("UNKILLABLE") });
  void other.call("SHUTDOWN", "NOSAVE");
  expect(await server.ended).toBe(0);
});

test("FUNCTION KILL ends a function, which FUNCTION STATS names", async () => {
  const server = await start();
  const [runner, other] = [await connect(server), await connect(server)];
  await runner.call("FUNCTION", "LOAD", `#!lua name=lib\nredis.register_function('spin', function() ${forever} end)`);
  await other.call("PING");
  const running = runner.call("FCALL", "spin", 0);
  expect(await untilBusy(other)).toContain("FUNCTION KILL");
  expect(JSON.stringify(await other.call("FUNCTION", "STATS"))).toContain('["name","spin","command"');
  expect(await other.call("FUNCTION", "KILL")).toEqual({ simple: "OK" });
  expect(await running).toEqual({ error: expect.stringContaining("FUNCTION KILL. script: spin") });
});

test("A client that connects only now is told BUSY, and can end the script", async () => {
  const server = await start();
  const [runner, other] = [await connect(server), await connect(server)];
  await other.call("PING");
  const running = runner.call("EVAL", forever, 0);
  await untilBusy(other);
  const late = await connect(server);
  expect(await late.call("GET", "a")).toEqual({ error: expect.stringContaining("BUSY Redis is busy") });
  expect(await late.call("SCRIPT", "KILL")).toEqual({ simple: "OK" });
  expect(await running).toEqual({ error: expect.stringContaining("Script killed by user with SCRIPT KILL.") });
  expect(await (await connect(server)).call("PING")).toEqual({ simple: "PONG" });
});

test("A client that connects only now needs the password, as always", async () => {
  const server = await start("secret");
  const [runner, other] = [await connect(server), await connect(server)];
  for (const client of [runner, other]) await client.call("AUTH", "secret");
  const running = runner.call("EVAL", forever, 0);
  await untilBusy(other);
  const late = await connect(server);
  expect(await late.call("SCRIPT", "KILL")).toEqual({ error: "NOAUTH Authentication required." });
  expect(await late.call("AUTH", "wrong")).toEqual({ error: expect.stringContaining("WRONGPASS") });
  expect(await late.call("AUTH", "secret")).toEqual({ simple: "OK" });
  expect(await late.call("SCRIPT", "KILL")).toEqual({ simple: "OK" });
  expect(await running).toEqual({ error: expect.stringContaining("Script killed by user") });
});

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

test("a client that asks for nothing is closed after `timeout` seconds, one that waits is not", async () => {
  const server = await startTestServer({ settings: { timeout: "1" } });
  const [idle, waiting] = [await server.connect(), await server.connect()];
  await idle.call("PING");
  const popped = waiting.call("BLPOP", "l", "0");
  await idle.closed;
  await (await server.connect()).call("RPUSH", "l", "x");
  expect(await popped).toEqual(["l", "x"]);
});

test("no more than `tracking-table-max-keys` keys are tracked: the oldest is told to be invalid", async () => {
  const server = await startTestServer({ settings: { "tracking-table-max-keys": "2" } });
  const client = await server.connect();
  await client.pipeline([
    ["HELLO", "3"],
    ["CLIENT", "TRACKING", "ON"],
    ["GET", "a"],
    ["GET", "b"],
    ["GET", "c"],
  ]);
  await eventually(() => client.pushed.length > 0);
  expect(client.pushed).toEqual([{ push: ["invalidate", ["a"]] }]);
});

test("while snapshots that `save` asks for fail, writes are refused and reads are not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "drydock-redis-save-"));
  try {
    const settings = { appendonly: "no", save: "1 1" };
    const server = await startTestServer({ settings, dataDirectory: folder });
    const client = await server.connect();
    // A folder in its place cannot be replaced by a file.
    mkdirSync(join(folder, "dump.rdb", "x"), { recursive: true });
    await client.call("SET", "k", "v");
    expect(await client.call("SAVE")).toMatchObject({ error: expect.stringMatching(/^ERR/) });
    expect(await client.call("SET", "k", "w")).toMatchObject({
      error: expect.stringContaining("MISCONF Redis is configured"),
    });
    expect(await client.call("GET", "k")).toBe("v");
    await client.call("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
    expect(await client.call("SET", "k", "w")).toEqual({ simple: "OK" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("settings with two names have one value, and new users listen to channels when they should", async () => {
  const server = await startTestServer({ settings: { "lua-time-limit": "123", "acl-pubsub-default": "allchannels" } });
  const client = await server.connect();
  expect(await client.call("CONFIG", "GET", "busy-reply-threshold")).toEqual(["busy-reply-threshold", "123"]);
  await client.call("ACL", "SETUSER", "bob");
  expect(await client.call("ACL", "LIST")).toContainEqual("user bob off sanitize-payload &* -@all");
});

import { expect, test } from "vitest";
import type { RawClient } from "../testing/raw-client.ts";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

/** Sends a command and notes its reply in `replies` when it comes. */
async function note(replies: unknown[], client: RawClient, ...args: readonly string[]): Promise<void> {
  replies.push(await client.call(...args));
}

test("a pause of writes holds writes, transactions with writes and scripts, and lets reads pass", async () => {
  const server = await startTestServer();
  const [admin, writer, transaction, script, reader] = await Promise.all(Array.from({ length: 5 }, server.connect));
  if (!admin || !writer || !transaction || !script || !reader) throw new Error("not connected");
  await admin.call("SET", "k", "before");
  // The Lua engine is there, so that nothing but the pause can hold the script.
  await script.call("EVAL", "return 1", "0");
  await transaction.call("MULTI");
  await transaction.call("SET", "t", "1");
  expect(await admin.call("CLIENT", "PAUSE", "600000", "WRITE")).toEqual({ simple: "OK" });
  const replies: unknown[] = [];
  const held = [
    note(replies, writer, "SET", "k", "after"),
    note(replies, transaction, "EXEC"),
    note(replies, script, "EVAL", "return 7", "0"),
  ];
  expect(await reader.call("GET", "k")).toBe("before");
  await admin.call("PING");
  expect(replies).toEqual([]);
  await admin.call("CLIENT", "UNPAUSE");
  await Promise.all(held);
  expect(replies).toContainEqual([{ simple: "OK" }]);
  expect(replies).toContain(7);
  expect(
    await reader.pipeline([
      ["GET", "k"],
      ["GET", "t"],
    ]),
  ).toEqual(["after", "1"]);
});

test("a pause of all ends by itself, and what came meanwhile runs in its order", async () => {
  const server = await startTestServer();
  const client = await server.connect();
  const startedAt = performance.now();
  const replies = await client.pipeline([
    ["CLIENT", "PAUSE", "50"],
    ["RPUSH", "l", "a"],
    ["RPUSH", "l", "b"],
    ["LRANGE", "l", "0", "-1"],
  ]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(45);
  expect(replies).toEqual([{ simple: "OK" }, 1, 2, ["a", "b"]]);
});

test("a client that asked for it does not touch what it reads, except by TOUCH", async () => {
  const server = await startTestServer({ settings: { "maxmemory-policy": "allkeys-lfu", "lfu-log-factor": "0" } });
  const client = await server.connect();
  await client.pipeline([
    ["SET", "k", "v"],
    ["CLIENT", "NO-TOUCH", "ON"],
  ]);
  const frequency = await client.call("OBJECT", "FREQ", "k");
  expect(
    await client.pipeline([
      ["GET", "k"],
      ["OBJECT", "FREQ", "k"],
    ]),
  ).toEqual(["v", frequency]);
  expect(
    await client.pipeline([
      ["TOUCH", "k"],
      ["OBJECT", "FREQ", "k"],
    ]),
  ).toEqual([1, Number(frequency) + 1]);
});

import { eventually } from "@drydock/testing";
import { expect, test } from "vitest";
import type { RawClient } from "../testing/raw-client.ts";
import { endServersAfterEach, startTestServer, type TestServer } from "../testing/test-server.ts";

endServersAfterEach();

async function isBlocked(observer: RawClient, count: number): Promise<void> {
  await eventually(async () => String(await observer.call("INFO", "clients")).includes(`blocked_clients:${count}\r`));
}

/** Clients that wait, one after the other, in this order. */
async function waiting(server: TestServer, observer: RawClient, commands: readonly (readonly string[])[]) {
  const replies: Promise<unknown>[] = [];
  for (const command of commands) {
    const client = await server.connect();
    replies.push(client.call(...command));
    await isBlocked(observer, replies.length);
  }
  return replies;
}

test("clients that wait for a list are served in the order in which they came", async () => {
  const server = await startTestServer();
  const writer = await server.connect();
  const replies = await waiting(server, writer, [
    ["BLPOP", "a", "b", "0"],
    ["BRPOP", "b", "0"],
    ["BLMPOP", "0", "1", "b", "LEFT", "COUNT", "2"],
  ]);
  expect(await writer.call("RPUSH", "b", "1", "2", "3", "4")).toBe(4);
  expect(await Promise.all(replies)).toEqual([
    ["b", "1"],
    ["b", "4"],
    ["b", ["2", "3"]],
  ]);
  expect(await writer.call("EXISTS", "b")).toBe(0);
});

test("a transaction wakes clients only when it has ended", async () => {
  const server = await startTestServer();
  const writer = await server.connect();
  const [popped] = await waiting(server, writer, [["BLPOP", "q", "0"]]);
  const replies = await writer.pipeline([["MULTI"], ["RPUSH", "q", "x"], ["DEL", "q"], ["RPUSH", "q", "y"], ["EXEC"]]);
  expect(replies.at(-1)).toEqual([1, 1, 1]);
  expect(await popped).toEqual(["q", "y"]);
});

test("BLMOVE hands an element on to the next waiting client", async () => {
  const server = await startTestServer();
  const writer = await server.connect();
  const replies = await waiting(server, writer, [
    ["BLPOP", "to", "0"],
    ["BLMOVE", "from", "to", "LEFT", "RIGHT", "0"],
  ]);
  await writer.call("RPUSH", "from", "x");
  expect(await Promise.all(replies)).toEqual([["to", "x"], "x"]);
});

test("sorted sets and streams wake those who wait for them", async () => {
  const server = await startTestServer();
  const writer = await server.connect();
  await writer.call("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
  const replies = await waiting(server, writer, [
    ["BZPOPMIN", "z", "0"],
    ["XREAD", "BLOCK", "0", "STREAMS", "s", "$"],
    ["XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", ">"],
  ]);
  await writer.call("ZADD", "z", "2", "b", "1", "a");
  await writer.call("XADD", "s", "5-5", "f", "v");
  const entries = [["s", [["5-5", ["f", "v"]]]]];
  expect(await Promise.all(replies)).toEqual([["z", "a", "1"], entries, entries]);
});

test("a wait ends by its timeout, by CLIENT UNBLOCK, and with its connection", async () => {
  const server = await startTestServer();
  const observer = await server.connect();
  const client = await server.connect();
  expect(await client.call("BLPOP", "nothing", "0.01")).toEqual({ nullArray: 2 });
  const id = await client.call("CLIENT", "ID");
  const waitingReply = client.call("BLPOP", "nothing", "0");
  await isBlocked(observer, 1);
  expect(await observer.call("CLIENT", "UNBLOCK", String(id), "ERROR")).toBe(1);
  expect(await waitingReply).toEqual({ error: "UNBLOCKED client unblocked via CLIENT UNBLOCK" });
  void client.call("BLPOP", "nothing", "0");
  await isBlocked(observer, 1);
  client.close();
  await isBlocked(observer, 0);
  expect(await observer.call("RPUSH", "nothing", "x")).toBe(1);
  expect(await observer.call("LLEN", "nothing")).toBe(1);
});

test("what a waiting client asked for afterwards is answered after its wait", async () => {
  const server = await startTestServer();
  const writer = await server.connect();
  const client = await server.connect();
  const replies = client.pipeline([["BLPOP", "q", "0"], ["PING"]]);
  await isBlocked(writer, 1);
  await writer.call("RPUSH", "q", "x");
  expect(await replies).toEqual([["q", "x"], { simple: "PONG" }]);
});

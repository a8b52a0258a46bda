import { eventually } from "@drydock/testing";
import { describe, expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

describe("Pub/sub", () => {
  test("delivers to channels and patterns, and refuses other commands of RESP2 listeners", async () => {
    const server = await startTestServer();
    const [listener, sender] = [await server.connect(), await server.connect()];
    expect(
      await listener.pipeline([
        ["SUBSCRIBE", "news"],
        ["PSUBSCRIBE", "n*"],
      ]),
    ).toEqual([
      ["subscribe", "news", 1],
      ["psubscribe", "n*", 2],
    ]);
    expect(await sender.call("PUBLISH", "news", "hello")).toBe(2);
    await eventually(() => listener.pushed.length === 2);
    expect(listener.pushed).toEqual([
      ["message", "news", "hello"],
      ["pmessage", "n*", "news", "hello"],
    ]);
    expect(await listener.call("GET", "a")).toMatchObject({ error: expect.stringContaining("Can't execute 'get'") });
    expect(await listener.call("PING")).toEqual(["pong", ""]);
    expect(await sender.call("PUBSUB", "NUMSUB", "news")).toEqual(["news", 1]);
    expect(await listener.call("UNSUBSCRIBE")).toEqual(["unsubscribe", "news", 1]);
  });

  test("keeps shard channels apart from channels", async () => {
    const server = await startTestServer();
    const [listener, sender] = [await server.connect(), await server.connect()];
    await listener.call("SSUBSCRIBE", "c");
    expect(await sender.call("PUBLISH", "c", "no")).toBe(0);
    expect(await sender.call("SPUBLISH", "c", "yes")).toBe(1);
    await eventually(() => listener.pushed.length === 1);
    expect(listener.pushed).toEqual([["smessage", "c", "yes"]]);
  });
});

describe("Keyspace events", () => {
  test("tell what happened to keys, expiry included", async () => {
    const server = await startTestServer({ settings: { "notify-keyspace-events": "KEA" } });
    const [listener, writer] = [await server.connect(), await server.connect()];
    await listener.call("PSUBSCRIBE", "__keyevent@0__:*");
    await writer.pipeline([
      ["SET", "k", "v", "PX", "20"],
      ["RPUSH", "l", "x"],
      ["LPOP", "l"],
      ["HSET", "h", "f", "v"],
    ]);
    await eventually(() => listener.pushed.some((each) => JSON.stringify(each).includes("expired")));
    const events = listener.pushed.map((each) => (Array.isArray(each) ? `${each[2]} ${each[3]}` : ""));
    expect(events.map((event) => event.replace("__keyevent@0__:", ""))).toEqual([
      "set k",
      "expire k",
      "rpush l",
      "lpop l",
      "del l",
      "hset h",
      "expired k",
    ]);
  });
});

describe("Client tracking", () => {
  test("tells which keys that were read have changed, once", async () => {
    const server = await startTestServer();
    const [reader, writer] = [await server.connect(), await server.connect()];
    await reader.call("HELLO", "3");
    await reader.call("CLIENT", "TRACKING", "ON");
    await reader.call("GET", "a");
    await writer.pipeline([
      ["SET", "a", "1"],
      ["SET", "a", "2"],
      ["SET", "b", "1"],
    ]);
    expect(await reader.call("GET", "a")).toBe("2");
    expect(reader.pushed).toEqual([{ push: ["invalidate", ["a"]] }]);
    await writer.call("FLUSHALL");
    await eventually(() => reader.pushed.length === 2);
    expect(reader.pushed[1]).toEqual({ push: ["invalidate", { null: 3 }] });
  });

  test("broadcasts keys by prefix, and tracks on demand with OPTIN", async () => {
    const server = await startTestServer();
    const [broad, picky, writer] = [await server.connect(), await server.connect(), await server.connect()];
    await broad.pipeline([
      ["HELLO", "3"],
      ["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "user:"],
    ]);
    await picky.pipeline([
      ["HELLO", "3"],
      ["CLIENT", "TRACKING", "ON", "OPTIN"],
      ["GET", "user:1"],
      ["CLIENT", "CACHING", "YES"],
      ["GET", "user:2"],
    ]);
    await writer.pipeline([
      ["SET", "user:1", "x"],
      ["SET", "user:2", "x"],
      ["SET", "other", "x"],
    ]);
    await eventually(() => broad.pushed.length === 2 && picky.pushed.length === 1);
    expect(picky.pushed).toEqual([{ push: ["invalidate", ["user:2"]] }]);
    expect(broad.pushed).toEqual([{ push: ["invalidate", ["user:1"]] }, { push: ["invalidate", ["user:2"]] }]);
  });
});

test("MONITOR shows commands as they run", async () => {
  const server = await startTestServer();
  const [monitor, writer] = [await server.connect(), await server.connect()];
  await monitor.call("MONITOR");
  await writer.call("SET", "a", 'x"\n');
  await eventually(() => monitor.pushed.length === 1);
  expect(JSON.stringify(monitor.pushed[0])).toMatch(/^\{"simple":"\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] .*SET/);
});

test("MONITOR shows scripts with what they call, and transactions before their EXEC", async () => {
  const server = await startTestServer();
  const [monitor, client] = [await server.connect(), await server.connect()];
  await client.call("EVAL", "return 1", "0");
  await monitor.call("MONITOR");
  await client.pipeline([
    ["EVAL", "return redis.call('GET', KEYS[1])", "1", "k"],
    ["MULTI"],
    ["SET", "k", "v"],
    ["EXEC"],
  ]);
  await eventually(() => monitor.pushed.length === 5);
  const shown = monitor.pushed.map((line) => JSON.stringify(line).replace(/.*\[0 (lua)?[^\]]*\] (.*)"}$/, "$1 $2"));
  expect(shown.map((line) => line.replaceAll("\\", ""))).toEqual([
    ` "EVAL" "return redis.call('GET', KEYS[1])" "1" "k"`,
    `lua "GET" "k"`,
    ` "MULTI"`,
    ` "SET" "k" "v"`,
    ` "EXEC"`,
  ]);
});

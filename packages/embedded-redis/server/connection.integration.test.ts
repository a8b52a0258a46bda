import { eventually } from "@drydock/testing";
import { describe, expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

describe("A connection", () => {
  test("takes commands as a person types them, quotes and escapes included", async () => {
    const client = await (await startTestServer()).connect();
    const echoed = client.call("ECHO", "first");
    expect(await echoed).toBe("first");
    client.send('SET k "a\\x01 b"\r\n');
    await eventually(() => client.pushed.length > 0);
    expect(await client.call("GET", "k")).toBe("a\x01 b");
  });

  test.each([
    ["*1\r\n!3\r\n", "expected '$', got '!'"],
    ["*-x\r\n", "invalid multibulk length"],
    ["*3000000000\r\n", "invalid multibulk length"],
    ["*1\r\n$-5\r\n", "invalid bulk length"],
    ["*1\r\n$999999999999\r\n", "invalid bulk length"],
    ['SET a "b\r\n', "unbalanced quotes in request"],
    ["x".repeat(70_000), "too big inline request"],
  ])("is closed with a reason after the malformed frame %j, and harms no other", async (frame, reason) => {
    const lines: string[] = [];
    const server = await startTestServer({ log: (line) => lines.push(line) });
    const [bad, good] = [await server.connect(), await server.connect()];
    const { closed } = bad;
    bad.send(frame);
    await closed;
    expect(bad.pushed).toEqual([{ error: `ERR Protocol error: ${reason}` }]);
    expect(lines.join()).toContain(reason);
    expect(await good.call("PING")).toEqual({ simple: "PONG" });
  });

  test("answers a pipeline in its order, also when a frame comes in pieces", async () => {
    const client = await (await startTestServer()).connect();
    const commands = Array.from({ length: 2000 }, (_, index) => ["ECHO", `${index}`]);
    expect(await client.pipeline(commands)).toEqual(commands.map(([, text]) => text));
    const reply = client.call("SET", "k", "v");
    expect(await reply).toEqual({ simple: "OK" });
    client.send("*2\r\n$3\r\nGE");
    client.send("T\r\n$1\r");
    const pushed = eventually(() => client.pushed.at(-1));
    client.send("\nk\r\n");
    expect(await pushed).toBe("v");
  });

  test("carries a value of 20 MB both ways", async () => {
    const client = await (await startTestServer()).connect();
    const value = "\x00\xff\r\n".repeat(5_000_000);
    await client.call("SET", "big", value);
    expect(await client.call("GET", "big")).toBe(value);
  });

  test("says +OK to QUIT and ends", async () => {
    const client = await (await startTestServer()).connect();
    const { closed } = client;
    expect(await client.call("QUIT")).toEqual({ simple: "OK" });
    await closed;
  });

  test("without replies says nothing until they are on again", async () => {
    const client = await (await startTestServer()).connect();
    client.send("CLIENT REPLY OFF\r\nPING\r\nCLIENT REPLY ON\r\n");
    await eventually(() => client.pushed.length > 0);
    expect(client.pushed).toEqual([{ simple: "OK" }]);
    client.send("CLIENT REPLY SKIP\r\nPING\r\nECHO x\r\n");
    await eventually(() => client.pushed.length > 1);
    expect(client.pushed).toEqual([{ simple: "OK" }, "x"]);
  });
});

describe("A password", () => {
  test("is asked for before anything else", async () => {
    const server = await startTestServer({ password: "secret" });
    const client = await server.connect();
    expect(await client.call("GET", "a")).toEqual({ error: "NOAUTH Authentication required." });
    expect(await client.call("AUTH", "wrong")).toEqual({
      error: "WRONGPASS invalid username-password pair or user is disabled.",
    });
    expect(await client.call("HELLO", "3", "AUTH", "default", "secret")).toHaveProperty("map");
    expect(await client.call("GET", "a")).toEqual({ null: 3 });
    expect(server.uri).toContain(":secret@127.0.0.1");
  });

  test("that is set later asks only those who connect later", async () => {
    const server = await startTestServer();
    const early = await server.connect();
    await early.call("CONFIG", "SET", "requirepass", "secret");
    const late = await server.connect();
    expect(await early.call("GET", "a")).toBeNull();
    expect(await late.call("GET", "a")).toEqual({ error: "NOAUTH Authentication required." });
  });

  test("is needed to listen beyond this machine", async () => {
    await expect(startTestServer({ host: "0.0.0.0" })).rejects.toMatchObject({ code: "REDIS_NEEDS_PASSWORD" });
  });
});

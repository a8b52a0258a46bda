import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

test("ioredis works on it: values, pipelines, transactions, scripts, streams, pub/sub", async () => {
  const server = await startTestServer({ password: "pass word" });
  const client = new Redis(server.uri);
  const listener = new Redis(server.uri);
  try {
    await client.set("a", Buffer.from([0, 255, 13, 10]));
    expect(await client.getBuffer("a")).toEqual(Buffer.from([0, 255, 13, 10]));
    expect(await client.pipeline().set("n", 1).incr("n").get("n").exec()).toEqual([
      [null, "OK"],
      [null, 2],
      [null, "2"],
    ]);
    expect(await client.multi().hset("h", { a: "1" }).hgetall("h").exec()).toEqual([
      [null, 1],
      [null, { a: "1" }],
    ]);
    expect(await client.eval("return redis.call('INCRBY', KEYS[1], ARGV[1])", 1, "n", 5)).toBe(7);
    await client.xadd("s", "1-1", "f", "v");
    expect(await client.xread("STREAMS", "s", "0")).toEqual([["s", [["1-1", ["f", "v"]]]]]);
    const heard = new Promise((resolve) => listener.on("message", (_channel, message) => resolve(message)));
    await listener.subscribe("c");
    await client.publish("c", "hello");
    expect(await heard).toBe("hello");
    const found: string[] = [];
    for await (const keys of client.scanStream({ count: 2 })) found.push(...keys);
    expect(found.sort()).toEqual(["a", "h", "n", "s"]);
  } finally {
    client.disconnect();
    listener.disconnect();
  }
});

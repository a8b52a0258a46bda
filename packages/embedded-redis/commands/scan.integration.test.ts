import { expect, test } from "vitest";
import type { RawClient } from "../testing/raw-client.ts";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

/** Scans to the end; between the steps, `change` runs. */
async function scanAll(client: RawClient, command: readonly string[], change: (step: number) => Promise<unknown>) {
  const found: string[] = [];
  let cursor = "0";
  for (let step = 0; ; step++) {
    const reply = await client.call(...command, cursor, "COUNT", "7");
    if (!Array.isArray(reply)) throw new Error(JSON.stringify(reply));
    const [next, page] = reply;
    found.push(...(Array.isArray(page) ? page.map(String) : []));
    if (next === "0") return found;
    cursor = String(next);
    await change(step);
  }
}

test.each([
  ["SCAN", ["SCAN"], (name: string) => ["SET", name, "x"], (name: string) => ["DEL", name]],
  ["SSCAN", ["SSCAN", "s"], (name: string) => ["SADD", "s", name], (name: string) => ["SREM", "s", name]],
  ["ZSCAN", ["ZSCAN", "z"], (name: string) => ["ZADD", "z", "1", name], (name: string) => ["ZREM", "z", name]],
  ["HSCAN", ["HSCAN", "h"], (name: string) => ["HSET", "h", name, "v"], (name: string) => ["HDEL", "h", name]],
] as const)(
  "%s returns every element that is there throughout, while others come and go",
  async (_name, scan, add, remove) => {
    const client = await (await startTestServer()).connect();
    const kept = Array.from({ length: 600 }, (_, index) => `kept-${index}`);
    const passing = Array.from({ length: 600 }, (_, index) => `passing-${index}`);
    await client.pipeline(kept.flatMap((name, index) => [add(name), add(passing[index] ?? "")]));
    const found = await scanAll(client, scan, (step) =>
      client.pipeline([
        ...passing.slice(step * 10, step * 10 + 10).map(remove),
        ...Array.from({ length: 10 }, (_, index) => add(`new-${step}-${index}`)),
      ]),
    );
    expect(new Set(found.filter((name) => name.startsWith("kept"))).size).toBe(kept.length);
    expect(found.filter((name) => name.startsWith("kept"))).toHaveLength(kept.length);
  },
);

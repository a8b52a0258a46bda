import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogEvent } from "@drydock/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogStore } from "./log-store.ts";

describe("LogStore", () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "drydock-logs-"));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it("gives back every line of a flood, in order, also after it was opened again", async () => {
    const store = await LogStore.open(directory);
    for (let index = 0; index < 50_000; index++) store.append(line("api", index, `line ${index}`));
    await store.close();
    const again = await LogStore.open(directory);
    const lines = await again.read({ services: ["api"] });
    expect(lines).toHaveLength(50_000);
    expect(lines.every((each, index) => each.text === `line ${index}`)).toBe(true);
    await again.close();
  });

  it("reads the last lines of each service, merged by time", async () => {
    const store = await LogStore.open(directory);
    for (let index = 0; index < 10; index++) {
      store.append(line("api", index * 2, `api ${index}`));
      store.append(line("web", index * 2 + 1, `web ${index}`));
    }
    const lines = await store.read({ services: [], tail: 2 });
    expect(lines.map((each) => each.text)).toEqual(["api 8", "web 8", "api 9", "web 9"]);
    await store.close();
  });

  it("filters by time and by text", async () => {
    const store = await LogStore.open(directory);
    for (let index = 0; index < 100; index++) store.append(line("api", index * 1_000, `GET /${index}`));
    const lines = await store.read({
      services: ["api"],
      since: 90_000,
      until: 95_000,
      matches: (text) => text.includes("5"),
    });
    expect(lines.map((each) => each.text)).toEqual(["GET /95"]);
    await store.close();
  });

  it("keeps lines of one megabyte, control characters and both streams whole", async () => {
    const store = await LogStore.open(directory);
    const long = "é".repeat(600_000);
    store.append({ ...line("api", 1, long), stream: "stderr" });
    store.append(line("api", 2, "\u001b[31mred\u001b[0m\u0000"));
    const lines = await store.read({ services: ["api"] });
    expect(lines[0]).toEqual({ ...line("api", 1, long), stream: "stderr" });
    expect(lines[1]?.text).toBe("\u001b[31mred\u001b[0m\u0000");
    await store.close();
  });

  it("starts a new part when one is full, reads across both and drops the oldest", async () => {
    const store = await LogStore.open(directory, 1_000);
    for (let index = 0; index < 100; index++) {
      store.append(line("api", index, `line ${index}`));
      await store.flush();
    }
    expect((await readdir(directory)).sort()).toEqual(["api.jsonl", "api.jsonl.1"]);
    const texts = (await store.read({ services: ["api"] })).map((each) => each.text);
    expect(texts.at(-1)).toBe("line 99");
    expect(texts.length).toBeGreaterThan(30);
    expect(texts).toEqual(Array.from({ length: texts.length }, (_, index) => `line ${100 - texts.length + index}`));
    await store.close();
  });

  it("reads on past a line that a crash cut off", async () => {
    const store = await LogStore.open(directory);
    store.append(line("api", 1, "before"));
    await store.close();
    await appendFile(join(directory, "api.jsonl"), '{"t":2,"n":1,"m":"to');
    const again = await LogStore.open(directory);
    again.append(line("api", 3, "after"));
    expect((await again.read({ services: ["api"] })).map((each) => each.text)).toEqual(["before", "after"]);
    await again.close();
  });

  it("says why it cannot write, once while that lasts", async () => {
    const store = await LogStore.open(directory);
    const told: string[] = [];
    store.whenFailing((error) => told.push(String(error)));
    for (const at of [1, 2]) {
      store.append(line("no/such/folder", at, "lost"));
      await store.flush();
    }
    expect(String(store.failure)).toContain("ENOENT");
    expect(told).toEqual([expect.stringContaining("ENOENT")]);
    await store.close();
  });
});

function line(service: string, at: number, text: string): LogEvent {
  return { kind: "log", at, service, number: 1, stream: "stdout", text };
}

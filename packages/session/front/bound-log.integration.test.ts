import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually, FakeClock } from "@drydock/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { boundLog } from "./bound-log.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-log-"));
});

afterEach(() => rm(directory, { recursive: true }));

it("a log is emptied when it is too long, as often as that is, and left alone before", async () => {
  const path = join(directory, "access.log");
  const clock = new FakeClock(0);
  const life = new AbortController();
  const bounding = boundLog(path, clock, life.signal);
  const nextLook = async () => {
    await eventually(() => clock.sleeping > 0);
    await clock.advance(30_000);
    await eventually(() => clock.sleeping > 0);
    return (await stat(path)).size;
  };
  await writeFile(path, Buffer.alloc(16 * 1024 ** 2));
  expect(await nextLook()).toBe(16 * 1024 ** 2);
  for (let round = 1; round <= 2; round++) {
    await writeFile(path, Buffer.alloc(16 * 1024 ** 2 + 1));
    expect(await nextLook()).toBe(0);
  }
  life.abort();
  await bounding;
});

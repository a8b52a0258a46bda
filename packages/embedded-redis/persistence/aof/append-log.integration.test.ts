import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AppendLog } from "./append-log.ts";
import { encodeFrame } from "./frame.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "append-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const set = (key: string) => ({ database: 0, args: ["SET", key, "1"] });
const select = (database: number): string => encodeFrame(["SELECT", String(database)]);

test("Commands are written with their database, several as a transaction", async () => {
  const path = join(folder, "log");
  const log = new AppendLog(path, "no");
  log.append([set("a")]);
  log.append([set("b"), { database: 3, args: ["DEL", "c"] }]);
  expect(log.flushed(log.position)).toBeUndefined();
  await log.close();
  expect(readFileSync(path, "latin1")).toBe(
    select(0) +
      encodeFrame(["SET", "a", "1"]) +
      encodeFrame(["MULTI"]) +
      encodeFrame(["SET", "b", "1"]) +
      select(3) +
      encodeFrame(["DEL", "c"]) +
      encodeFrame(["EXEC"]),
  );
});

test("With always, all that wait at once share a flush, and a position that is durable waits for nothing", async () => {
  const log = new AppendLog(join(folder, "log"), "always");
  const positions = ["a", "b", "c"].map((key) => {
    log.append([set(key)]);
    return log.position;
  });
  const waiting = positions.map((position) => log.flushed(position));
  expect(new Set(waiting).size).toBeLessThan(3);
  await Promise.all(waiting);
  expect(log.flushed(log.position)).toBeUndefined();
  await log.close();
});

test("A new file begins with its database, and the old one is whole", async () => {
  const log = new AppendLog(join(folder, "one"), "everysec");
  log.append([set("a")]);
  await log.switchTo(join(folder, "two"));
  log.append([set("b")]);
  await log.close();
  expect(readFileSync(join(folder, "one"), "latin1")).toBe(select(0) + encodeFrame(["SET", "a", "1"]));
  expect(readFileSync(join(folder, "two"), "latin1")).toBe(select(0) + encodeFrame(["SET", "b", "1"]));
});

const hasFullDevice = ((): boolean => {
  try {
    closeSync(openSync("/dev/full", "a"));
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasFullDevice)(
  "On a full disk nothing is acknowledged, the problem is told, and earlier positions stay durable",
  async () => {
    const log = new AppendLog("/dev/full", "always");
    log.append([set("a")]);
    await expect(log.flushed(log.position)).rejects.toThrow("ENOSPC");
    expect(log.problem).toContain("ENOSPC");
    expect(log.flushed(0)).toBeUndefined();
    await expect(log.close()).rejects.toThrow("ENOSPC");
  },
);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EarlyCommits } from "./early-commits.ts";

let directory = "";
let root: RootDatabase<Buffer, Buffer>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "drydock-commits-"));
  root = open(directory, { encoding: "binary", keyEncoding: "binary", noSubdir: false, eventTurnBatching: false });
});

afterEach(async () => {
  await root.close();
  rmSync(directory, { recursive: true, force: true });
});

const key = Buffer.from("key");

/** Lets lmdb say "visible" as soon as a transaction's function has run, before it commits, as it does when it asks for functions twice. */
function reportTooEarly(): { count: number } {
  const reports = { count: 0 };
  const env: object = Reflect.get(root, "env");
  const start: (...args: unknown[]) => unknown = Reflect.get(env, "startWriting");
  const reporting = (address: number, report: (status: number) => unknown): unknown =>
    Reflect.apply(start, env, [
      address,
      (status: number) => {
        const answer = report(status);
        if (status !== 2) return answer;
        reports.count++;
        report(1);
        return answer;
      },
    ]);
  Reflect.defineProperty(env, "startWriting", { value: reporting, configurable: true, writable: true });
  return reports;
}

test("a write that has resolved is seen by the next read, although lmdb called it visible before it was", async () => {
  const reports = reportTooEarly();
  const commits = new EarlyCommits(root);
  for (let number = 1; number <= 50; number++) {
    const value = Buffer.alloc(100_000, String(number));
    await commits.transaction(() => {
      commits.changes();
      root.putSync(key, value);
    });
    expect(root.get(key)?.equals(value)).toBe(true);
  }
  expect(reports.count).toBeGreaterThanOrEqual(50);
});

test("what changes nothing resolves, and what is on the disk is told after it", async () => {
  const commits = new EarlyCommits(root);
  expect(await commits.transaction(() => root.get(key))).toBeUndefined();
  await commits.transaction(() => {
    commits.changes();
    root.putSync(key, key);
  });
  await commits.flushed();
  expect(root.get(key)?.equals(key)).toBe(true);
});

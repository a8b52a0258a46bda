import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { runPipeline } from "../testing/memory-context.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spill-test-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const rows = fc.array(fc.record({ g: fc.integer({ min: 0, max: 40 }), v: fc.integer({ min: -9, max: 9 }) }), {
  minLength: 30,
  maxLength: 300,
});

/** The results with room for everything, and with room for about ten documents. */
async function both(plain: readonly Plain[], pipeline: readonly Plain[]): Promise<readonly (readonly string[])[]> {
  const c = plain.map((row, index) => fromPlain({ _id: index, ...row }));
  const stages = pipeline.map(fromPlain);
  const roomy = await runPipeline(stages, { c });
  const narrow = await runPipeline(stages, { c }, { memoryLimitBytes: 700, temporaryDirectory: folder });
  return [roomy.map(toExtendedJson), narrow.map(toExtendedJson)];
}

test("a sort that spills gives the same documents in the same order, and leaves no file", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (plain) => {
      const [roomy, narrow] = await both(plain, [{ $sort: { g: 1, v: -1 } }]);
      expect(narrow).toEqual(roomy);
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("a group that spills gives the same groups, and leaves no file", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (plain) => {
      const [roomy = [], narrow = []] = await both(plain, [
        { $group: { _id: "$g", sum: { $sum: "$v" }, all: { $push: "$_id" }, last: { $last: "$v" } } },
      ]);
      expect([...narrow].sort()).toEqual([...roomy].sort());
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("without leave to use the disk, too much is MongoDB's error", async () => {
  const c = Array.from({ length: 100 }, (_, index) => fromPlain({ _id: index }));
  const narrow = { memoryLimitBytes: 700, allowDiskUse: false };
  for (const stage of [{ $sort: { _id: -1 } }, { $group: { _id: "$_id" } }]) {
    await expect(runPipeline([fromPlain(stage)], { c }, narrow)).rejects.toMatchObject({
      code: 292,
      codeName: "QueryExceededMemoryLimitNoDiskUseAllowed",
    });
  }
});

test("a pipeline that is left early leaves no file", async () => {
  const c = Array.from({ length: 1000 }, (_, index) => fromPlain({ _id: index, v: index % 7 }));
  const stages = [{ $sort: { v: 1 } }, { $match: {} }, { $limit: 1 }].map(fromPlain);
  const left = await runPipeline(stages, { c }, { memoryLimitBytes: 2000, temporaryDirectory: folder });
  expect(left.map(toExtendedJson)).toEqual([toExtendedJson(fromPlain({ _id: 0, v: 0 }))]);
  expect(readdirSync(folder)).toEqual([]);
});

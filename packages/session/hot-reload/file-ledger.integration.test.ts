import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareManifests } from "@drydock/watch";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FileLedger } from "./file-ledger.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-ledger-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Each look is by a new supervisor.
const missing = (ids: readonly string[], current: Readonly<Record<string, string>>, isBuilt = false) =>
  new FileLedger(folder)
    .missing("api", ids, current, isBuilt, compareManifests)
    .changes.map(({ path, kind }) => `${kind} ${path}`);

test("what was saved while nobody watched is missing in containers that stayed", () => {
  expect(missing(["c1"], { "/a": "1", "/b": "1" })).toEqual([]);
  expect(missing(["c1"], { "/a": "2", "/c": "1" })).toEqual(["written /a", "written /c", "removed /b"]);
});

test("what was brought over is not missing any more", () => {
  missing(["c1"], { "/a": "1" });
  new FileLedger(folder).record("api", ["c1"], { "/a": "2" }, false);
  expect(missing(["c1"], { "/a": "2" })).toEqual([]);
});

test("a new container begins with what its image was built from, so that earlier saves are missing again", () => {
  missing(["c1"], { "/a": "1" });
  new FileLedger(folder).record("api", ["c1"], { "/a": "2" }, false);
  expect(missing(["c2"], { "/a": "2" })).toEqual(["written /a"]);
});

test("a build has everything", () => {
  missing(["c1"], { "/a": "1" });
  expect(missing(["c2"], { "/a": "2" }, true)).toEqual([]);
  expect(missing(["c3"], { "/a": "2" })).toEqual([]);
});

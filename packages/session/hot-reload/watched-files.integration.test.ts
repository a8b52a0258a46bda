import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testEnvironment, testService } from "@drydock/testing";
import { planEdits } from "@drydock/watch";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isLeftOutByAll, watchedFilesOf } from "./watched-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-watched-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("files that browsers are given are nobody's sources, and those that a build leaves count, too", async () => {
  await writeFile(join(folder, ".gitignore"), "dist\n*.cache\n");
  const api = testService({ name: "api", build: { context: join(folder, "api"), dockerfile: "Dockerfile" } });
  const pages = ["web/dist", "api/help", "api/public"].map((path) => join(folder, path));
  const services = await watchedFilesOf(testEnvironment(folder, [api]), pages);
  const edits = (name: string) =>
    planEdits(services, [{ path: join(folder, name), kind: "written" }]).map(
      ({ service, kind }) => `${service} ${kind}`,
    );
  expect(edits("web/dist/main.js")).toEqual(["browser sync"]);
  expect(edits("web/dist/old.cache")).toEqual([]);
  expect(edits("api/help/index.html")).toEqual(["browser sync"]);
  expect(edits("api/public/a.css")).toEqual(["api sync"]);
  expect(edits("api/server.js")).toEqual(["api restart"]);
  // A folder that one rule leaves out and another is about has to be looked at, and so has the way to it.
  const leftOut = ["api/public", "api/help", "web", "web/dist", "api/dist"].filter((path) =>
    isLeftOutByAll(services, join(folder, path)),
  );
  expect(leftOut).toEqual(["api/dist"]);
});

import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { givesEvents } from "./gives-events.ts";
import { isNeverWatched } from "./never-watched.ts";
import { watchFiles } from "./watch-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-watch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ["by events", false],
  ["by looking", true],
])("files are watched %s", (_, polls) => {
  test("new, changed, renamed and removed ones are told, ignored ones are not", async () => {
    await mkdir(join(folder, "src"));
    await writeFile(join(folder, "src/a.ts"), "1");
    const seen: string[] = [];
    const stop = await watchFiles({
      paths: [join(folder, "src"), join(folder, "later.json")],
      isIgnored: isNeverWatched,
      polls,
      onChange: ({ path, kind }, isNew) => seen.push(`${isNew ? "new " : ""}${kind} ${path.slice(folder.length + 1)}`),
      onLimit: (error) => seen.push(error.message),
    });
    try {
      expect(seen).toEqual([]);
      await writeFile(join(folder, "src/a.ts"), "12");
      await eventually(() => seen.includes("written src/a.ts"));
      await writeFile(join(folder, "src/b.ts~"), "backup");
      await writeFile(join(folder, "src/b.ts"), "1");
      await eventually(() => seen.includes("new written src/b.ts"));
      await rename(join(folder, "src/b.ts"), join(folder, "src/c.ts"));
      await eventually(() => seen.includes("new written src/c.ts") && seen.includes("removed src/b.ts"));
      await writeFile(join(folder, "later.json"), "{}");
      await eventually(() => seen.includes("new written later.json"));
      expect(seen.filter((line) => line.includes("~"))).toEqual([]);
    } finally {
      await stop();
    }
  });
});

test("a folder of this machine gives events, and nothing is left of the question", async () => {
  expect(await givesEvents(folder, systemClock)).toBe(true);
  expect(await givesEvents(join(folder, "not-there"), systemClock)).toBe(false);
});

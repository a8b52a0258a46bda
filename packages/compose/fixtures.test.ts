import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ComposeFiles } from "./files/compose-files.ts";
import { fixtureInput, portable } from "./fixture-case.ts";
import { formatModel } from "./format-model.ts";
import { loadCompose } from "./load-compose.ts";

// What docker compose config 2.40 printed for each fixture lies beside it; oracle.docker.full.test.ts keeps it true.
const folder = join(import.meta.dirname, "fixtures", "good");
const disk: ComposeFiles = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined),
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
};

describe("the model of each fixture is what docker compose config prints", () => {
  test.each(readdirSync(folder).sort())("%s", (name) => {
    const here = join(folder, name);
    const result = loadCompose(fixtureInput(here, disk), disk);
    expect(result.ok ? [] : result.problems).toEqual([]);
    if (!result.ok) return;
    expect(portable(formatModel(result.model, "json"), here)).toBe(readFileSync(join(here, "expected.json"), "utf8"));
    for (const service of result.environment.services) {
      expect(JSON.stringify(result.model.json).includes(JSON.stringify(service.definition)), service.name).toBe(true);
    }
  });
});

import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { ComposeFiles } from "./files/compose-files.ts";
import { composeArguments, fixtureInput, portable } from "./fixture-case.ts";
import { formatModel } from "./format-model.ts";
import { loadCompose } from "./load-compose.ts";

// Compares with the real `docker compose config`. UPDATE_EXPECTED=1 also writes what it prints beside each fixture.
const run = promisify(execFile);
const folder = join(import.meta.dirname, "fixtures", "good");
const fixtures = readdirSync(folder).sort();
const version = spawnSync("docker", ["compose", "version", "--short"], { encoding: "utf8" }).stdout?.trim() ?? "";
// Compose's output is compared text for text, so other versions may differ in what they print.
const hasOracle = version.startsWith("2.40.");
const disk: ComposeFiles = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined),
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
};

const skipped = hasOracle ? "" : ` (skipped: docker compose 2.40 is not here, but ${version || "none"})`;

// Where the two formats differ in more than their syntax; for the others one call is enough.
const printedBothWays = new Set([
  ...[
    "build-forms",
    "commands",
    "deploy",
    "develop",
    "everything-together",
    "extensions",
    "healthcheck-forms",
    "merge-override-file",
  ],
  ...[
    "models",
    "networks-forms",
    "profiles-none",
    "resources-of-service",
    "secrets-and-configs",
    "simple-fields",
    "yaml-scalars",
  ],
]);

test.skipIf(!hasOracle)(
  `docker compose config prints the same for every fixture${skipped}`,
  { timeout: 120_000 },
  async () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(80);
    const wrong: string[] = [];
    const waiting = [...fixtures];
    const work = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) wrong.push(...(await compare(name)));
    };
    // Two at once: each call is a process of about 80 ms.
    await Promise.all([work(), work()]);
    expect(wrong).toEqual([]);
  },
);

async function compare(name: string): Promise<readonly string[]> {
  const json = await oracle(name, "json");
  const expected = `${portable(json, join(folder, name))}\n`;
  if (process.env.UPDATE_EXPECTED) writeFileSync(join(folder, name, "expected.json"), expected);
  const isKept = disk.read(join(folder, name, "expected.json")) === expected;
  const wrong = isKept ? [] : [`${name}: expected.json is not what Compose prints; run with UPDATE_EXPECTED=1`];
  const result = load(name);
  if (!result.ok) return [...wrong, `${name}: ${JSON.stringify(result.problems, null, 2)}`];
  wrong.push(...difference(`${name} as JSON`, formatModel(result.model, "json").trimEnd(), json));
  if (printedBothWays.has(name)) {
    const ours = JSON.stringify(parse(formatModel(result.model, "yaml")), null, 2);
    wrong.push(...difference(`${name} as YAML`, ours, JSON.stringify(parse(await oracle(name, "yaml")), null, 2)));
  }
  return wrong;
}

function load(name: string): ReturnType<typeof loadCompose> {
  return loadCompose(fixtureInput(join(folder, name), disk), disk);
}

async function oracle(name: string, format: "json" | "yaml"): Promise<string> {
  const input = fixtureInput(join(folder, name), disk);
  const env = { PATH: process.env.PATH, ...input.variables };
  const { stdout } = await run("docker", [...composeArguments(input, format)], { cwd: input.directory, env });
  return stdout;
}

function difference(what: string, ours: string, theirs: string): readonly string[] {
  if (ours === theirs) return [];
  const [own, other] = [ours.split("\n"), theirs.split("\n")];
  const line = own.findIndex((text, index) => text !== other[index]);
  return [`${what}, line ${line + 1}: ours ${own[line]}, Compose's ${other[line]}`];
}

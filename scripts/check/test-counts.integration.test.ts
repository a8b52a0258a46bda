import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
const repository = join(import.meta.dirname, "../..");
const vitestProgram = join(repository, "node_modules/vitest/vitest.mjs");

/** Runs vitest itself on these files: the report is its own. */
function report(name: string, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(folder, "run-"));
  for (const [file, text] of Object.entries(files))
    writeFileSync(
      join(root, file),
      `import { test } from "${join(repository, "node_modules/vitest/dist/index.js")}";\n${text}`,
    );
  const path = join(folder, name);
  spawnSync(process.execPath, [vitestProgram, "run", "--root", root, "--reporter=json", `--outputFile.json=${path}`]);
  return path;
}

function counts(reports: readonly string[], requireDocker: boolean) {
  const env = { ...process.env, DRYDOCK_REQUIRE_DOCKER: requireDocker ? "1" : "" };
  const { stdout, status } = spawnSync(process.execPath, [join(repository, "scripts/test-counts.mjs"), ...reports], {
    env,
    encoding: "utf8",
  });
  return { lines: stdout.trimEnd().split("\n"), status };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drydock-counts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("reports are summed, a report that is not there counts nothing, and no failure is exit 0", () => {
  const first = report("first.json", { "a.test.js": "test('a', () => {}); test('b', () => {});" });
  const second = report("second.json", {
    "b.test.js": "test('c', () => {}); test.skip('d', () => {}); test.todo('e');",
  });
  expect(counts([first], false)).toEqual({ lines: ["2 passed, 0 failed"], status: 0 });
  expect(counts([first, second, join(folder, "none.json")], false)).toEqual({
    lines: ["3 passed, 0 failed, 2 skipped"],
    status: 0,
  });
});

test("a test that fails and a file that cannot be loaded are failures", () => {
  const path = report("failed.json", {
    "a.test.js": "test('a', () => { throw 1; });",
    "b.test.js": "import './not-there.js';",
  });
  expect(counts([path], false)).toEqual({ lines: ["0 passed, 2 failed"], status: 1 });
});

test("a skipped Docker test is a failure where Docker is required, and another skipped test is none", () => {
  const path = report("docker.json", {
    "up.docker.test.js": "test.skip('up', () => {});",
    "up.test.js": "test.skip('plan', () => {});",
  });
  expect(counts([path], false)).toEqual({ lines: ["0 passed, 0 failed, 2 skipped"], status: 0 });
  const { lines, status } = counts([path], true);
  expect(lines).toEqual([
    expect.stringMatching(/^skipped although a Docker engine is there: .*up\.docker\.test\.js > up$/),
    "0 passed, 1 failed, 1 skipped",
  ]);
  expect(status).toBe(1);
});

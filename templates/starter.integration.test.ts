import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// What can be said of the starter without a database; packages/testing/starter.docker.test.ts runs all of it.
const starter = join(import.meta.dirname, "starter/app");
const repository = join(import.meta.dirname, "..");
const isInstalled = existsSync(join(starter, "node_modules/mongodb"));
const skipped = isInstalled ? "" : " (skipped: `npm ci` was not run in templates/starter/app)";

test("its own unit tests pass on this Node", () => {
  const { status, stdout } = spawnSync(process.execPath, ["--test"], { cwd: starter, encoding: "utf8" });
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/^# pass (9|[1-9]\d+)$/m);
});

test("its lock file names packages, not the registry that they came from, and none that has to run a script", () => {
  const lock: unknown = JSON.parse(readFileSync(join(starter, "package-lock.json"), "utf8"));
  expect(JSON.stringify(lock)).not.toContain('"resolved"');
  const manifest = JSON.parse(readFileSync(join(starter, "package.json"), "utf8"));
  const scripted = [...JSON.stringify(lock).matchAll(/"node_modules\/([^"]+)":\{[^{}]*"hasInstallScript":true/g)];
  for (const [, name = ""] of scripted) expect(manifest.allowScripts).toHaveProperty(name, false);
});

describe.skipIf(!isInstalled)(`with its dependencies${skipped}`, () => {
  test("its types check", () => {
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", starter], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test.each([
    ["api/server.js", ["PORT", "MONGO_URL", "REDIS_URL"]],
    ["worker/worker.js", ["PORT", "MONGO_URL", "REDIS_URL"]],
    ["web/server.js", ["PORT"]],
    ["migrate/migrate.js", ["MONGO_URL"]],
  ])("%s exits with code 1 and names every variable that is missing", (file, names) => {
    const { status, stdout } = spawnSync(process.execPath, [file], { cwd: starter, env: {}, encoding: "utf8" });
    const lines = stdout.trim().split("\n");
    expect(status).toBe(1);
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(names.map(() => "error"));
    expect(lines.map((line) => JSON.parse(line).msg.split(" ")[1])).toEqual(names);
  });
});

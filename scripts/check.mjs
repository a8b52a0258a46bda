// Everything that a change must pass: format, lint, types, bundle, unused exports and dependencies, layering, tests.
// `--no-tests` leaves out the tests besides those of the layering, for who runs `npm test` as well.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runSteps } from "./check/run-steps.mjs";
import { countTests, formatCounts } from "./check/test-counts.mjs";

const { values } = parseArgs({ options: { "no-tests": { type: "boolean", default: false } } });
const folder = mkdtempSync(join(tmpdir(), "drydock-check-"));
const reports = { laws: join(folder, "laws.json"), tests: join(folder, "tests.json") };

const vitest = (/** @type {string} */ report, /** @type {string[]} */ ...words) => [
  ...["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ...words,
];
const steps = [
  { name: "format and lint", command: ["biome", "check", "."] },
  { name: "types", command: ["tsc", "-b"] },
  { name: "bundle", command: ["node", "scripts/build.mjs"] },
  { name: "unused exports and dependencies", command: ["knip", "--no-progress", "--no-config-hints"] },
  { name: "layering", command: vitest(reports.laws, "packages/testing/architecture") },
  ...(values["no-tests"]
    ? []
    : [
        {
          name: "tests",
          command: vitest(reports.tests, "--exclude=packages/testing/architecture*.test.ts"),
          isLong: true,
        },
      ]),
];

try {
  const isPassed = await runSteps(steps, {
    directory: join(import.meta.dirname, ".."),
    write: (text) => process.stdout.write(text),
  });
  console.log(formatCounts(countTests(Object.values(reports))));
  process.exitCode = isPassed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

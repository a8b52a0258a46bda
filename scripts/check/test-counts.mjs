import { existsSync, readFileSync } from "node:fs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} TestCounts
 * @typedef {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} FileReport
 */

/**
 * Sums the reports of vitest's JSON reporter. A file that could not even be loaded counts as one failed test; a report
 * that is not there counts nothing.
 *
 * @param {readonly string[]} paths
 * @returns {TestCounts}
 */
export function countTests(paths) {
  const files = paths.flatMap(readReport);
  const tests = files.flatMap((file) => file.assertionResults);
  const broken = files.filter((file) => file.status === "failed" && !file.assertionResults.some(isFailed));
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: tests.filter(isFailed).length + broken.length,
    skipped: tests.filter((test) => test.status !== "passed" && !isFailed(test)).length,
  };
}

/**
 * The tests that need a Docker engine and did not run.
 *
 * @param {readonly string[]} paths
 * @returns {string[]} each as `FILE > NAME`
 */
export function skippedDockerTests(paths) {
  return paths
    .flatMap(readReport)
    .filter((file) => file.name.includes(".docker."))
    .flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status !== "passed" && !isFailed(test))
        .map((test) => `${file.name} > ${test.fullName}`),
    );
}

/** `12 passed, 0 failed, 3 skipped`; what was not skipped is not named. @param {TestCounts} counts */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @returns {FileReport[]} */
function readReport(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).testResults : [];
}

function isFailed(/** @type {{ status: string }} */ test) {
  return test.status === "failed";
}

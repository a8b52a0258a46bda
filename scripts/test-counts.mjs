// Prints the sum of the test reports that are named (vitest's JSON reporter), last line `N passed, N failed, N skipped`.
// With DRYDOCK_REQUIRE_DOCKER=1 a test that needs Docker and was skipped is a failure, because there it cannot be meant.
import { countTests, formatCounts, skippedDockerTests } from "./check/test-counts.mjs";

const reports = process.argv.slice(2);
const missed = process.env.DRYDOCK_REQUIRE_DOCKER === "1" ? skippedDockerTests(reports) : [];
for (const test of missed) console.log(`skipped although a Docker engine is there: ${test}`);

const counts = countTests(reports);
const failed = counts.failed + missed.length;
console.log(formatCounts({ ...counts, failed, skipped: counts.skipped - missed.length }));
if (failed > 0) process.exitCode = 1;

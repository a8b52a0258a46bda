// Builds what `drydock` publishes, packages/cli/dist. `npm ci` runs it (prepare), so it is quick and needs nothing but
// the installed devDependencies.
import { join } from "node:path";
import { buildPackage } from "./build/build-package.mjs";

const startedAt = performance.now();
try {
  const { names, problems } = await buildPackage(join(import.meta.dirname, ".."));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(names.length === 0 ? "build: nothing to build yet" : `build: ${names.join(", ")} in ${seconds} s`);
  for (const problem of problems) console.error(`packages/cli/package.json: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

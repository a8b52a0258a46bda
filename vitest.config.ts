import { defineConfig } from "vitest/config";

const nowhere = ["**/node_modules/**", "**/dist/**"];
// What takes longer than `npm test` may: vitest.full.config.ts runs it.
const long = "**/*.full.test.ts";
const touching = "**/*.{integration,docker,e2e,oracle}.test.ts";

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: [...nowhere, long, touching],
          // They touch nothing, so that they can share a process and what it has imported.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "real",
          include: [`packages/${touching}`, `templates/${touching}`, `scripts/${touching}`],
          exclude: [...nowhere, long],
        },
      },
    ],
    setupFiles: ["scripts/check/property-seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

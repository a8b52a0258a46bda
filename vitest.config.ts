import { defineConfig } from "vitest/config";

// What takes longer than `npm test` may is `*.full.test.ts`: vitest.full.config.ts runs it.
export default defineConfig({
  test: {
    include: ["packages/**/*.test.{ts,tsx}", "templates/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.full.test.ts"],
    setupFiles: ["scripts/check/property-seed.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

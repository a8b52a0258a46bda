import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.full.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    setupFiles: ["scripts/check/property-seed.ts"],
    maxWorkers: 2,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.full.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    maxWorkers: 2,
    setupFiles: ["scripts/check/property-seed.ts"],
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
  },
});

import { defineConfig } from "vitest/config";

const nowhere = ["**/node_modules/**", "**/dist/**"];
const inBrowser = "packages/cli/e2e/browser.full.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "full",
          include: ["packages/**/*.full.test.ts"],
          exclude: [...nowhere, inBrowser],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // Chromium gives up what it loads when a network comes or goes (net::ERR_NETWORK_CHANGED), as Docker's do in the tests beside it.
        test: { name: "alone", include: [inBrowser], exclude: nowhere, maxWorkers: 1, sequence: { groupOrder: 0 } },
      },
    ],
    setupFiles: ["scripts/check/property-seed.ts"],
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
});

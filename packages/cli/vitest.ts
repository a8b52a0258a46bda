import { fileURLToPath } from "node:url";
import type { TestDatabasesOptions } from "@drydock/session";
import { optionsVariable } from "./vitest-variables.ts";

/** A plugin of Vite, as far as vitest needs it. */
export interface DatabasesPlugin {
  readonly name: string;
  config(): { readonly test: { readonly globalSetup: string[]; readonly setupFiles: string[] } };
}

/**
 * Gives each worker of vitest a MongoDB and a Redis of its own, in `MONGO_URL`, `REDIS_URL` and the names that the Compose file uses; before each test file they
 * are as they were at the beginning: empty, or with a dataset's data.
 * @example
 * // vitest.config.ts
 * import { databases } from "drydock/vitest";
 * import { defineConfig } from "vitest/config";
 *
 * export default defineConfig({ plugins: [databases({ dataset: "small" })] });
 */
export function databases(options: TestDatabasesOptions = {}): DatabasesPlugin {
  const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  return {
    name: "drydock:databases",
    config() {
      process.env[optionsVariable] = JSON.stringify(options);
      return { test: { globalSetup: [file("vitest-run.js")], setupFiles: [file("vitest-file.js")] } };
    },
  };
}

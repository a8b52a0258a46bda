import type { DataConfig } from "./sections/data.ts";

/**
 * What `dev.config.ts` may say; all of it is optional, and everything has a default that works.
 * @example export default defineConfig({ data: { seed: "demo" } })
 */
export interface Config {
  /** The data that the databases begin with, and whether it follows git. */
  readonly data?: DataConfig;
}

/**
 * Gives the settings of a project their types; it changes nothing.
 * @example export default defineConfig({ data: { seed: "demo", follow: "git" } })
 */
export function defineConfig(config: Config): Config {
  return config;
}

export { type Config, defineConfig } from "./config.ts";
export type { LoadedConfig } from "./loaded-config.ts";
export { type ParsedSettings, parseSettings } from "./parse-settings.ts";
export type { DataConfig, DataSettings } from "./sections/data.ts";
export { defaultSettings, type Settings } from "./settings.ts";

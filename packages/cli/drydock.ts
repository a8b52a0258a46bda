// What `import ... from "drydock"` gives: the words of dev.config.ts.
export { type Config, type DataConfig, defineConfig, type FrontConfig, type RouteConfig } from "@drydock/settings";

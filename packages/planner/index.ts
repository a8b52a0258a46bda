export { criticalChain, type StepTime } from "./critical-chain.ts";
export { type DownOptions, planDown } from "./plan-down.ts";
export { planReplace, planRestart, planRetire, planStart, planStop } from "./plan-services.ts";
export { planUp } from "./plan-up.ts";
export type { UpOptions } from "./up-options.ts";

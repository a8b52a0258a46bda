export { criticalChain, type StepTime } from "./critical-chain.ts";
export { type DownOptions, planDown } from "./plan-down.ts";
export { planRestart, planStart, planStop } from "./plan-services.ts";
export { planUp, type UpOptions } from "./plan-up.ts";

import type { StageCompiler } from "./stage.ts";

/** Every stage, by name. A new one is added to the list. */
export const stageCompilers: ReadonlyMap<string, StageCompiler> = new Map();

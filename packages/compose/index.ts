export type { ComposeFiles } from "./files/compose-files.ts";
export { formatModel } from "./format-model.ts";
export { type ComposeInput, type ComposeResult, loadCompose } from "./load-compose.ts";
export type { ComposeModel } from "./model.ts";

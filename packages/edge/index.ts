export type { ConfigurationSource } from "./load-configuration.ts";
export { type EdgeProgram, main } from "./main.ts";
export type { EdgeRequest } from "./request-event.ts";
export { type Edge, type EdgeOptions, startEdge } from "./start-edge.ts";

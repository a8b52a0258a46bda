export { createLocalEngine } from "./local-engine.ts";
export type {
  DatabasePort,
  EmbeddedRequest,
  EmbeddedServer,
  LocalEngineOptions,
  MongoAnswer,
  ProbeAnswer,
  RenderNginx,
} from "./options.ts";
export { findPortHolder } from "./port-holder.ts";

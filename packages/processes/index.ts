export { askPort, type PortAnswer } from "./free-port.ts";
export { Guardian } from "./guardian.ts";
export { createLocalEngine } from "./local-engine.ts";
export { mapPath } from "./map-paths.ts";
export { markers } from "./markers.ts";
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
export { endGroup, signalGroup } from "./process-group.ts";
export { findInstalled } from "./providers/find-installed.ts";
export { readNginxSources } from "./providers/nginx-sources.ts";
export { substituteEnvironment } from "./substitute-environment.ts";
export type { HostTargets } from "./substitute-hosts.ts";

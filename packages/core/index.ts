export { type Clock, systemClock } from "./clock.ts";
export { debugPorts, debugVariable } from "./debug-variable.ts";
export { describeEdit } from "./describe-edit.ts";
export {
  DevError,
  deserializeError,
  type ExitCode,
  type Problem,
  type SerializedError,
  serializeError,
} from "./dev-error.ts";
export type {
  ApplyContext,
  Engine,
  ExecCommand,
  ExecRequest,
  Explanation,
  HealthReport,
  Leftover,
  SyncedFile,
} from "./engine.ts";
export type { EngineDescription, EngineKind } from "./engine-description.ts";
export { type Environment, findService, type NamedResource } from "./environment.ts";
export type {
  ChainLink,
  DataEvent,
  DevEvent,
  EditEvent,
  Emit,
  InstanceUsage,
  LogEvent,
  NoticeEvent,
  ProgressEvent,
  RequestsEvent,
  ServiceSummary,
  SessionEvent,
  UpEvent,
} from "./event.ts";
export { fingerprint } from "./fingerprint.ts";
export { type Order, orderByDependency, withDependencies } from "./graph.ts";
export {
  type Address,
  type Instance,
  type InstanceState,
  instancesOf,
  nothingObserved,
  type Observed,
} from "./instance.ts";
export { nearest } from "./nearest.ts";
export type { HostPort, NginxFile, NginxRendering, NginxRequest, NginxSource } from "./nginx-rendering.ts";
export { reloadsItself } from "./reloads-itself.ts";
export { type ServerFacts, type ServerKind, serverOfImage, serverOfProgram, servers } from "./server-image.ts";
export {
  type Build,
  type Dependency,
  type DependencyCondition,
  type HealthCheck,
  instanceLabel,
  isOneShot,
  type Mount,
  type PublishedPort,
  type RestartPolicy,
  type Service,
  type ServiceExtension,
  serviceFingerprint,
} from "./service.ts";
export {
  formatPlan,
  type Plan,
  type PrepareStep,
  type ReadyStep,
  type RemoveStep,
  type ReplaceStep,
  type RetireStep,
  type StartStep,
  type Step,
  type StopStep,
  stepLabel,
} from "./step.ts";
export { tellingLines } from "./telling-lines.ts";
export type { WatchAction, WatchRule } from "./watch-rule.ts";
export type { RequestAttempt, WebRequest } from "./web-request.ts";

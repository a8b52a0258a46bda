export { type BringUpRequest, type BroughtUp, bringUp } from "./command/bring-up.ts";
export type { CliPlace } from "./command/cli.ts";
export type { ContainerEvent, EmitContainerEvent } from "./command/container-event.ts";
export { execInContainer } from "./command/exec-command.ts";
export type {
  DevContainerConfiguration,
  PortAttributes,
  PortPlace,
  PortWishes,
} from "./configuration/configuration.ts";
export { type ConfigurationPlace, findConfiguration } from "./configuration/find-configuration.ts";
export { parseConfiguration } from "./configuration/parse-configuration.ts";
export { formatPortPlace } from "./configuration/port-place.ts";
export type { DevContainer, PublishedByDocker } from "./containers/container.ts";
export { type AskDocker, dockerCli } from "./containers/docker-cli.ts";
export { findContainers } from "./containers/find-containers.ts";
export {
  type DevContainerThings,
  findThings,
  removeNeverStarted,
  removeThings,
  stopThings,
} from "./containers/take-down.ts";
export { badDevContainer, nothingRunsHere } from "./errors.ts";
export type { AskPort } from "./forward/choose-port.ts";
export { type CheckedForwarding, Forwarder, type ForwarderMachine, type Forwarding } from "./forward/forwarder.ts";
export { type ForwardPlan, type PlannedForward, type PublishedForward, planForwards } from "./forward/plan-forwards.ts";
export { openRelay } from "./relay/open-relay.ts";
export type { Relay } from "./relay/relay.ts";
export { devContainerText, type NewDevContainer, type NewPort } from "./write/devcontainer-text.ts";

import { type Environment, findService, type Instance, type InstanceState, isOneShot } from "@drydock/core";
import type { Container } from "./container.ts";
import { instanceAddresses, type ReachableFrom } from "./instance-addresses.ts";
import { numberLabel, serviceLabel } from "./labels.ts";

/** What we know of a container besides what the engine says. */
export interface Knowledge {
  /** A probe of ours succeeded in the run that began at this time (`Container.startedAt`). */
  readonly readyRun?: string;
  /** What that probe said: `health check passed`, `port 3000 answers`. */
  readonly readyReason?: string;
  /** What the last failed probe said. */
  readonly waitingFor?: string;
  readonly isStoppedByUs: boolean;
  readonly fingerprint?: string;
}

/** Turns what the engine says and what our probes found into an instance. Concludes nothing that neither of the two observed. */
export function describeInstance(
  container: Container,
  knowledge: Knowledge,
  environment: Environment,
  from: ReachableFrom,
): Instance {
  const service = container.labels[serviceLabel] ?? container.name;
  const [state, reason] = stateOf(container, knowledge, service, environment);
  const isOver = state === "done" || state === "failed" || (state === "stopped" && container.startedAt !== "");
  const startedAt = Date.parse(container.startedAt);
  return {
    service,
    number: Number(container.labels[numberLabel] ?? 1),
    id: container.id,
    state,
    reason,
    ...(isOver ? { exitCode: container.exitCode } : {}),
    addresses: container.status === "running" ? instanceAddresses(container, from) : [],
    provider: `image ${container.image}`,
    restarts: container.restartCount,
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
    ...(knowledge.fingerprint === undefined ? {} : { fingerprint: knowledge.fingerprint }),
  };
}

function stateOf(
  container: Container,
  knowledge: Knowledge,
  service: string,
  environment: Environment,
): readonly [InstanceState, string] {
  switch (container.status) {
    case "created":
      return container.error === "" ? ["stopped", "created"] : ["failed", container.error];
    case "running":
      return runningState(container, knowledge);
    case "paused":
      return ["unhealthy", `paused (docker unpause ${container.name})`];
    case "restarting":
      return ["restarting", `${exitReason(container)}, starts again soon`];
    case "exited":
      return exitedState(container, knowledge, service, environment);
    case "removing":
      return ["stopped", "is being removed"];
    case "dead":
      return ["failed", "dead: the engine could not remove it"];
  }
}

function runningState(container: Container, knowledge: Knowledge): readonly [InstanceState, string] {
  const { health } = container;
  if (health?.status === "unhealthy") return ["unhealthy", `health check: ${lastOutput(container)}`];
  if (health?.status === "healthy") return ["ready", "healthy"];
  if (knowledge.readyRun === container.startedAt) return ["ready", knowledge.readyReason ?? "it answered"];
  return ["starting", knowledge.waitingFor ?? (health ? `health check: ${lastOutput(container)}` : "not answered yet")];
}

/** 143 is SIGTERM's end, 137 SIGKILL's (128 + signal): who was told to stop did not fail. */
function exitedState(
  container: Container,
  { isStoppedByUs }: Knowledge,
  service: string,
  environment: Environment,
): readonly [InstanceState, string] {
  const { exitCode } = container;
  if (isOneShot(service, environment.services) && exitCode === 0) return ["done", "exit 0"];
  if (isStoppedByUs || exitCode === 143) return ["stopped", `stopped, exit ${exitCode}`];
  if (exitCode !== 0) return ["failed", exitReason(container)];
  return mayEndWell(container, service, environment) ? ["done", "exit 0"] : ["stopped", "exit 0"];
}

/** True for a service that nothing says to be a server: it may end with 0, as a seed job does, and that is no fault. */
export function mayEndWell(container: Container, service: string, environment: Environment): boolean {
  const wanted = findService(environment, service);
  if (isOneShot(service, environment.services)) return true;
  const isServer =
    container.healthCheck !== undefined || !wanted || wanted.ports.length > 0 || wanted.expose.length > 0;
  return !isServer && container.restartPolicy === "no";
}

/** How a container ended, in words: `exit 1`, `exit 137, out of memory`. */
export function exitReason({ exitCode, isOutOfMemory, error }: Container): string {
  const why = isOutOfMemory ? ", out of memory" : error === "" ? "" : `, ${error}`;
  return `exit ${exitCode}${why}`;
}

function lastOutput({ health }: Container): string {
  const last = health?.log.at(-1);
  if (!last) return "not run yet";
  return last.output.split("\n").at(-1)?.slice(0, 200) || `exit ${last.exitCode}`;
}

import {
  type Environment,
  type Instance,
  instancesOf,
  isOneShot,
  type Observed,
  type Service,
  type Step,
  serviceFingerprint,
} from "@drydock/core";
import type { UpOptions } from "./up-options.ts";

/** What is to be done for one service. */
export interface Decision {
  readonly service: Service;
  readonly stop: readonly Step[];
  /** Why it must be prepared; undefined: it need not. */
  readonly prepareBecause?: string;
  readonly start: readonly { readonly number: number; readonly because: string }[];
  /** Why it must be waited for; undefined: its goal was observed already. */
  readonly readyBecause?: string;
}

/** Decides for each service by itself, then restarts dependents that asked for it. */
export function decideAll(
  services: readonly Service[],
  wanted: Environment,
  observed: Observed,
  options: UpOptions,
): readonly Decision[] {
  let decisions = services.map((service) => decide(service, wanted, observed, options));
  // One round reaches the dependents of what is replaced; theirs are reached in the next, until nothing changes.
  for (;;) {
    const next = decisions.map((decision) => restartedWith(decision, decisions, observed));
    if (next.every((decision, index) => decision === decisions[index])) return decisions;
    decisions = next;
  }
}

function decide(service: Service, wanted: Environment, observed: Observed, options: UpOptions): Decision {
  const existing = instancesOf(observed, service.name);
  const print = serviceFingerprint(service);
  const numbers = Array.from({ length: service.replicas }, (_, index) => index + 1);
  const verdicts = numbers.map((number) => {
    const instance = existing.find((each) => each.number === number);
    return { number, instance, ...judge(instance, print, options) };
  });

  const start = verdicts.flatMap(({ number, start }) => (start ? [{ number, because: start }] : []));
  const oneShot = isOneShot(service.name, wanted.services);
  const waiting = verdicts.find(({ instance }) => instance && !hasReachedGoal(instance, oneShot));
  const prepareBecause = verdicts.find(({ prepare }) => prepare)?.prepare;
  return {
    service,
    stop: verdicts.flatMap(({ instance, stop }) => (instance && stop ? [stopStep(instance, stop)] : [])),
    ...(prepareBecause === undefined ? {} : { prepareBecause }),
    start,
    ...(start[0]
      ? { readyBecause: "it was started" }
      : waiting?.instance
        ? { readyBecause: `it is ${waiting.instance.state}` }
        : {}),
  };
}

/** What is to be done with one instance, each with its reason. */
function judge(
  instance: Instance | undefined,
  print: string,
  options: UpOptions,
): { readonly prepare?: string; readonly stop?: string; readonly start?: string } {
  if (!options.isPrepared) {
    if (!instance) return { prepare: "not found", start: "not found" };
    const replace = replacement(instance, print, options);
    if (replace) return { prepare: replace, start: replace, ...(isRunning(instance) ? { stop: replace } : {}) };
    if (options.build) return { prepare: "--build", ...startReason(instance) };
    if (instance.fingerprint === undefined) return { prepare: "not made by dev", ...startReason(instance) };
  }
  return instance ? startReason(instance) : { start: "not found" };
}

function replacement(instance: Instance, print: string, options: UpOptions): string | undefined {
  if (options.forceRecreate) return "--force-recreate";
  if (instance.fingerprint !== undefined && instance.fingerprint !== print) return "definition changed";
  return undefined;
}

function startReason(instance: Instance): { readonly start?: string } {
  if (instance.state === "stopped" || instance.state === "waiting") return { start: "it is stopped" };
  if (instance.state === "failed") return { start: instance.reason };
  return {};
}

function isRunning(instance: Instance): boolean {
  return ["starting", "ready", "unhealthy", "restarting"].includes(instance.state);
}

/** A service that only has to run may also have ended well; a one-shot must. */
function hasReachedGoal(instance: Instance, oneShot: boolean): boolean {
  return oneShot ? instance.state === "done" : instance.state === "ready" || instance.state === "done";
}

/** `depends_on: { x: { restart: true } }`: who needs a service that is replaced starts again as well (Compose Specification, depends_on). */
function restartedWith(decision: Decision, decisions: readonly Decision[], observed: Observed): Decision {
  const isReplaced = (name: string) => decisions.some((each) => each.service.name === name && each.stop.length > 0);
  const cause = decision.service.dependencies.find((edge) => edge.restart && isReplaced(edge.service));
  const running = instancesOf(observed, decision.service.name).filter(isRunning);
  if (!cause || decision.stop.length > 0 || running.length === 0) return decision;
  const because = `${cause.service} is replaced`;
  return {
    ...decision,
    stop: running.map((instance) => stopStep(instance, because)),
    start: [...decision.start, ...running.map(({ number }) => ({ number, because }))],
    readyBecause: "it was started",
  };
}

function stopStep(instance: Instance, because: string): Step {
  return {
    kind: "stop",
    id: `stop:${instance.service}.${instance.number}`,
    because,
    after: [],
    service: instance.service,
    number: instance.number,
    instance: instance.id,
  };
}

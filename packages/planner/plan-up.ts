import {
  type Environment,
  isOneShot,
  type Observed,
  type Plan,
  type Service,
  type Step,
  withDependencies,
} from "@drydock/core";
import { type Decision, decideAll } from "./decide.ts";
import { dependencyEdges } from "./dependency-edges.ts";
import { removeSteps } from "./remove-steps.ts";
import type { UpOptions } from "./up-options.ts";

/** Compares what is wanted with what exists and says what to do, in order, each step with its reason. Touches nothing. */
export function planUp(wanted: Environment, observed: Observed, options: UpOptions): Plan {
  const services = selectServices(wanted, options);
  const decisions = decideAll(services, wanted, observed, options);

  const stops = decisions.flatMap((each) => each.stop);
  const prepare = prepareStep(decisions, stops, options);
  const ready = decisions.flatMap((each) => startAndReady(each, decisions, wanted, [...prepare, ...stops]));
  return [...removals(wanted, observed, services, options), ...stops, ...prepare, ...ready];
}

function selectServices(wanted: Environment, options: UpOptions): readonly Service[] {
  if (options.services.length === 0) return wanted.services;
  const names = wanted.services.map((service) => service.name);
  const needs = (name: string) => dependencyEdges(wanted, name).map((edge) => edge.service);
  const chosen = options.noDeps ? options.services : withDependencies(options.services, names, needs);
  return wanted.services.filter((service) => chosen.includes(service.name));
}

function prepareStep(decisions: readonly Decision[], stops: readonly Step[], options: UpOptions): readonly Step[] {
  const concerned = decisions.filter((each) => each.prepareBecause !== undefined);
  if (concerned.length === 0) return [];
  const reasons = new Map<string, string[]>();
  for (const { service, prepareBecause = "" } of concerned)
    reasons.set(prepareBecause, [...(reasons.get(prepareBecause) ?? []), service.name]);
  const because =
    reasons.size === 1
      ? [...reasons.keys()].join()
      : [...reasons].map(([reason, names]) => `${names.join(", ")}: ${reason}`).join("; ");
  return [
    {
      kind: "prepare",
      id: "prepare",
      because,
      after: stops.map((step) => step.id),
      services: concerned.map((each) => each.service.name),
      build: options.build,
      forceRecreate: options.forceRecreate,
    },
  ];
}

function startAndReady(
  decision: Decision,
  decisions: readonly Decision[],
  wanted: Environment,
  before: readonly Step[],
): readonly Step[] {
  const { service } = decision;
  const after = [
    ...before.filter((step) => step.kind === "prepare" || ("service" in step && step.service === service.name)),
  ].map((step) => step.id);
  const needs = service.dependencies.flatMap((edge) => {
    const dependency = decisions.find((each) => each.service.name === edge.service);
    if (!dependency) return [];
    if (edge.condition === "service_started")
      return dependency.start.map(({ number }) => `start:${edge.service}.${number}`);
    return dependency.readyBecause === undefined ? [] : [`ready:${edge.service}`];
  });
  const starts = decision.start.map(
    ({ number, because }): Step => ({
      kind: "start",
      id: `start:${service.name}.${number}`,
      because,
      after: [...after, ...needs],
      service: service.name,
      number,
    }),
  );
  if (decision.readyBecause === undefined) return starts;
  return [
    ...starts,
    {
      kind: "ready",
      id: `ready:${service.name}`,
      because: decision.readyBecause,
      after: starts.map((step) => step.id),
      service: service.name,
      goal: isOneShot(service.name, wanted.services) ? "done" : "ready",
    },
  ];
}

/** Replicas beyond the wanted number, and, when asked, services that the files no longer have. */
function removals(
  wanted: Environment,
  observed: Observed,
  services: readonly Service[],
  options: UpOptions,
): readonly Step[] {
  return observed.instances.flatMap((instance) => {
    const service = services.find((each) => each.name === instance.service);
    if (service && instance.number > service.replicas) return removeSteps(instance, `scaled to ${service.replicas}`);
    const isOrphan = !wanted.services.some((each) => each.name === instance.service);
    return isOrphan && options.removeOrphans ? removeSteps(instance, "not in the Compose files") : [];
  });
}

import type { Environment, Instance, Observed, Plan, Step } from "@drydock/core";
import { removeSteps } from "./remove-steps.ts";

/** Flags that change what `down` plans. */
export interface DownOptions {
  /** Also remove named volumes: the data. */
  readonly volumes: boolean;
  /** Engine names of volumes that stay all the same. */
  readonly spared?: readonly string[];
}

/**
 * Stops and removes everything of the project that exists, also what the files no longer name: dependents before what they
 * need, then networks, then, when asked, volumes. External networks and volumes stay.
 */
export function planDown(wanted: Environment, observed: Observed, options: DownOptions): Plan {
  const instances = observed.instances.flatMap((instance) =>
    removeSteps(instance, "down", stopsOfDependents(instance, wanted, observed)),
  );
  const removed = instances.filter((step) => step.kind === "remove").map((step) => step.id);
  const networks = observed.networks
    .filter((name) => !wanted.networks.some((each) => each.engineName === name && each.isExternal))
    .map((name): Step => ({ kind: "remove-network", id: `network:${name}`, because: "down", after: removed, name }));
  const volumes = observed.volumes
    .filter((name) => options.volumes && !options.spared?.includes(name))
    .filter((name) => !wanted.volumes.some((each) => each.engineName === name && each.isExternal))
    .map((name): Step => ({ kind: "remove-volume", id: `volume:${name}`, because: "--volumes", after: removed, name }));
  return [...instances, ...networks, ...volumes];
}

/** The stop steps of running instances whose service depends on this one. */
function stopsOfDependents(instance: Instance, wanted: Environment, observed: Observed): readonly string[] {
  const dependents = wanted.services
    .filter((service) => service.dependencies.some((edge) => edge.service === instance.service))
    .map((service) => service.name);
  return observed.instances
    .filter((each) => dependents.includes(each.service) && !["stopped", "done", "failed"].includes(each.state))
    .map((each) => `stop:${each.service}.${each.number}`);
}

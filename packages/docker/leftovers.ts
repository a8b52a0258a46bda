import type { Environment, Leftover } from "@drydock/core";
import type { EngineApi } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import { frontLabel, helperLabel, oneOffLabel, serviceLabel } from "./labels.ts";
import { projectContainers } from "./project-containers.ts";

/**
 * What carries the project's label and is in nobody's plan: one-off containers, what an interrupted re-creation left, containers of
 * services that the files no longer have, helpers that reached volumes, what served the front, and networks that they no longer name. Volumes are data, and never leftovers.
 */
export async function findLeftovers(
  { api }: EngineScope,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly Leftover[]> {
  const [{ instances, others }, helpers, fronts, networks] = await Promise.all([
    projectContainers(api, environment.project, signal),
    api.listContainers([`${helperLabel}=${environment.project}`], signal),
    api.listContainers([`${frontLabel}=${environment.project}`], signal),
    api.networks(environment.project, signal),
  ]);
  const known = new Set(environment.services.map(({ name }) => name));
  const orphans = instances.filter(({ labels }) => !known.has(labels[serviceLabel] ?? ""));
  const named = new Set(environment.networks.map(({ engineName }) => engineName));
  return [
    ...orphans.map(({ id, name, labels }) =>
      container(id, `${name} (the files have no service ${labels[serviceLabel]})`),
    ),
    ...others.map(({ id, name, labels }) =>
      container(
        id,
        `${name} (${labels[oneOffLabel] === "True" ? "docker compose run" : "left by an interrupted re-creation"})`,
      ),
    ),
    ...helpers.map(({ id, name }) => container(id, `${name} (left by work on the data)`)),
    ...fronts.map(({ id, name }) => container(id, `${name} (left by the proxy before the stack)`)),
    ...networks
      .filter(({ name }) => !named.has(name))
      .map(({ id, name }): Leftover => ({ kind: "network", id, label: `network ${name}` })),
  ];
}

/** Removes one. What is gone already is no error. */
export async function removeLeftover(api: EngineApi, { kind, id }: Leftover, signal: AbortSignal): Promise<void> {
  if (kind === "container") await api.remove(id, signal);
  if (kind === "network") await api.removeNetwork(id, signal);
}

function container(id: string, text: string): Leftover {
  return { kind: "container", id, label: `container ${text}` };
}

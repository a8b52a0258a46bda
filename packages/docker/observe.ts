import type { Environment, Observed } from "@drydock/core";
import type { Container } from "./container.ts";
import type { EngineScope } from "./engine-scope.ts";
import { serviceImage } from "./ensure-images.ts";
import { dataLabel, projectLabel, serviceLabel } from "./labels.ts";
import { ownVolumeName } from "./own-volume.ts";
import { choosePortProbe } from "./probes/choose-probe.ts";
import { projectContainers } from "./project-containers.ts";

/**
 * What exists of the project. Reads only. Containers that run without a health check and that nobody has probed yet in this
 * run are asked once, which takes a millisecond: so the answer is the same in a process that has just begun.
 */
export async function observe(scope: EngineScope, environment: Environment, signal: AbortSignal): Promise<Observed> {
  const { api, tracker } = scope;
  const { project } = environment;
  const [{ instances }, networks, volumes, ours, images] = await Promise.all([
    projectContainers(api, project, signal),
    api.networks(project, signal),
    api.volumes(`${projectLabel}=${project}`, signal),
    api.volumes(dataLabel, signal),
    currentImages(scope, environment, signal),
  ]);
  await Promise.all(instances.map((container) => lookOnce(scope, container, environment, signal)));
  return {
    instances: instances.map((container) =>
      tracker.describe(container, environment, isCurrent(scope, container, images)),
    ),
    networks: networks.map(({ name }) => name),
    volumes: [...volumes, ...ours.filter((name) => name === ownVolumeName(project))],
  };
}

async function lookOnce(
  scope: EngineScope,
  container: Container,
  environment: Environment,
  signal: AbortSignal,
): Promise<void> {
  if (container.status !== "running" || container.health || scope.tracker.knowsReady(container)) return;
  const probe = choosePortProbe(scope, container, environment);
  // What needs a second to be sure of is not waited for here.
  const isFresh = scope.options.clock.now() - Date.parse(container.startedAt) < 1_000;
  if (isFresh && probe.label.startsWith("running")) return;
  const answer = await probe.ask(signal);
  if (answer.verdict === "yes") scope.tracker.learnReady(container, answer.reason);
  else scope.tracker.learnWaiting(container, answer.reason);
}

/** By service: the id of the image that its tag points to now; undefined where there is none. */
async function currentImages(
  { api }: EngineScope,
  environment: Environment,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string | undefined>> {
  const names = [...new Set(environment.services.map((service) => serviceImage(service, environment)))];
  const ids = new Map(
    await Promise.all(names.map(async (name) => [name, (await api.image(name, signal))?.id] as const)),
  );
  return new Map(environment.services.map((service) => [service.name, ids.get(serviceImage(service, environment))]));
}

/** False where the tag was pulled or built anew since the container was made. An image that is gone changes nothing. */
function isCurrent(
  { options }: EngineScope,
  container: Container,
  images: ReadonlyMap<string, string | undefined>,
): boolean {
  const service = container.labels[serviceLabel] ?? "";
  const made = options.state.read().containers[container.id];
  const current = images.get(service);
  return made === undefined || current === undefined || current === made.imageId;
}

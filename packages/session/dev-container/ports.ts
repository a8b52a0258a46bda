import type { DevContainer, ForwardPlan } from "@drydock/devcontainer";
import { askForwarder } from "./forwarder/ask-forwarder.ts";
import { type ContainerPlace, type ContainerSource, findContainerPlace } from "./place.ts";
import { type PortReport, reportForwarding, reportPublished } from "./port-report.ts";

/** What `dev container ports` knows. */
export interface ContainerPorts {
  readonly container: DevContainer;
  readonly ports: readonly PortReport[];
}

/** The ports of the dev container that runs. @throws DevError NO_DEV_CONTAINER_RUNS, and those of `findContainerPlace` */
export async function containerPorts(source: ContainerSource, signal: AbortSignal): Promise<ContainerPorts> {
  const { planForwards } = await import("@drydock/devcontainer");
  const place = await findContainerPlace(source, signal);
  const container = await runningContainer(place, signal);
  const plan = planForwards(place.configuration.ports, container.published);
  return { container, ports: await reportPorts(place, container.id, plan) };
}

/** The dev container of a place, which runs. @throws DevError NO_DEV_CONTAINER_RUNS */
export async function runningContainer(place: ContainerPlace, signal: AbortSignal): Promise<DevContainer> {
  const { findContainers, nothingRunsHere } = await import("@drydock/devcontainer");
  const found = await findContainers(place.docker, place, signal);
  const running = found.find(({ isRunning }) => isRunning);
  if (!running) throw nothingRunsHere(found.length === 0 ? "none" : "stopped");
  return running;
}

/** What Docker publishes, and what a forwarder of this container holds; a forward that nobody holds waits. */
export async function reportPorts(
  place: ContainerPlace,
  containerId: string,
  plan: ForwardPlan,
): Promise<readonly PortReport[]> {
  const { formatPortPlace } = await import("@drydock/devcontainer");
  const state = await askForwarder(place.forwarderFolder);
  const held = (state?.containerId === containerId ? state.forwardings : []).map((each) =>
    reportForwarding(formatPortPlace(each), each),
  );
  // The file may have been changed since.
  const waiting = plan.forwards
    .map((each) => ({ port: formatPortPlace(each), ...(each.label === undefined ? {} : { label: each.label }) }))
    .filter(({ port }) => !held.some((each) => each.port === port))
    .map((each): PortReport => ({ ...each, state: "waiting" }));
  return [...held, ...waiting, ...plan.published.map(reportPublished)];
}

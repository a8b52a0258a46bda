import type { DevContainerThings } from "@drydock/devcontainer";
import { endForwarder } from "./forwarder/ask-forwarder.ts";
import { type ContainerSource, findContainerPlace } from "./place.ts";

/** What was stopped or removed, or would be. */
export interface ContainerEnd {
  /** Names of containers. */
  readonly containers: readonly string[];
  readonly composeProjects: readonly string[];
  /** True: forwarded ports were let go. */
  readonly forwarder: boolean;
}

/** Stops the dev container, with what Compose runs beside it, and lets its ports go. The next `up` starts it as it is. */
export async function containerStop(source: ContainerSource, signal: AbortSignal): Promise<ContainerEnd> {
  const { findThings, stopThings } = await import("@drydock/devcontainer");
  const place = await findContainerPlace(source, signal);
  const things = await findThings(place.docker, place, signal);
  const running = things.containers.filter(({ isRunning }) => isRunning);
  const forwarder = await endForwarder(place.forwarderFolder);
  await stopThings(place.docker, things, signal);
  return endOf({ ...things, containers: running }, forwarder);
}

/** Removes the dev container, with the Compose project that it was made with, and verifies it; `dryRun` only looks. @throws DevError LEFT_BEHIND, and those of `findContainerPlace` */
export async function containerDown(
  source: ContainerSource,
  { dryRun }: { readonly dryRun: boolean },
  signal: AbortSignal,
): Promise<ContainerEnd> {
  const { findThings, removeThings } = await import("@drydock/devcontainer");
  const place = await findContainerPlace(source, signal);
  const things = await findThings(place.docker, place, signal);
  if (dryRun) return endOf(things, false);
  const forwarder = await endForwarder(place.forwarderFolder);
  if (things.containers.length > 0) await removeThings(place.docker, place, things, signal);
  return endOf(things, forwarder);
}

function endOf({ containers, composeProjects }: DevContainerThings, forwarder: boolean): ContainerEnd {
  return { containers: containers.map(({ name }) => name), composeProjects, forwarder };
}

import { statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { DevContainer, EmitContainerEvent, PlannedForward } from "@drydock/devcontainer";
import { askForwarder, endForwarder } from "./forwarder/ask-forwarder.ts";
import { startForwarder } from "./forwarder/start-forwarder.ts";
import { type ContainerPlace, type ContainerSource, findContainerPlace } from "./place.ts";
import type { PortReport } from "./port-report.ts";
import { reportPorts, runningContainer } from "./ports.ts";

// For one `docker ps` and one `docker rm`, also after an interrupt.
const cleanUpMs = 10_000;

/** How a dev container is brought up. */
export interface ContainerUpRequest {
  readonly source: ContainerSource;
  /** True: the container and its image are made anew. */
  readonly rebuild: boolean;
  /** What runs a forwarder: a program and its words, to which its folder is added. */
  readonly forwarderCommand: readonly string[];
}

/** A dev container that is up. */
export interface ContainerUpResult {
  readonly container: DevContainer;
  /** The configuration's file. */
  readonly file: string;
  readonly user: string;
  /** The workspace, as the container sees it. */
  readonly folder: string;
  readonly ports: readonly PortReport[];
  readonly notices: readonly string[];
}

/** Brings the dev container up, runs its commands, and forwards its ports. @throws DevError DEV_CONTAINER_FAILED and its kin, FORWARDER_DID_NOT_START, and those of `findContainerPlace` */
export async function containerUp(
  request: ContainerUpRequest,
  emit: EmitContainerEvent,
  signal: AbortSignal,
): Promise<ContainerUpResult> {
  const { bringUp, planForwards, removeNeverStarted } = await import("@drydock/devcontainer");
  const place = await findContainerPlace(request.source, signal);
  // What a removed container's forwarder holds is free before the new one asks for it.
  if (request.rebuild) await endForwarder(place.forwarderFolder);
  const bringing = bringUp(place, { rebuild: request.rebuild }, emit, signal);
  const { user, folder, ports } = await bringing.catch(async (error: unknown) => {
    await removeNeverStarted(place.docker, place, AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
    throw error;
  });
  const container = await runningContainer(place, signal);
  const plan = planForwards(ports, container.published);
  await forward(place, request.forwarderCommand, container.id, plan.forwards);
  return {
    container,
    file: place.file,
    user,
    folder,
    ports: await reportPorts(place, container.id, plan),
    notices: [...place.configuration.notices, ...changedSince(place, container)],
  };
}

/** A forwarder that holds just these for this container is kept; any other makes way. */
async function forward(
  { forwarderFolder, variables }: ContainerPlace,
  command: readonly string[],
  containerId: string,
  forwards: readonly PlannedForward[],
): Promise<void> {
  const running = await askForwarder(forwarderFolder);
  if (running?.containerId === containerId && isDeepStrictEqual(running.forwards, forwards)) return;
  if (running) await endForwarder(forwarderFolder);
  if (forwards.length > 0) await startForwarder(command, forwarderFolder, { containerId, forwards }, variables);
}

/** The CLI starts a container that exists as it was made, whatever its file says by now. */
function changedSince({ file }: ContainerPlace, { createdAt }: DevContainer): readonly string[] {
  const { mtimeMs } = statSync(file);
  return mtimeMs > createdAt
    ? ["devcontainer.json was changed after this container was made: `dev container rebuild` applies what it says now."]
    : [];
}

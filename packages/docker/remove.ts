import type { ApplyContext, RemoveStep, Step } from "@drydock/core";
import { type EngineApi, EngineFailure } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import { engineFailed, networkInUse, volumeInUse } from "./errors.ts";
import { helperLabel } from "./labels.ts";

type RemoveNetwork = Extract<Step, { kind: "remove-network" }>;
type RemoveVolume = Extract<Step, { kind: "remove-volume" }>;

/** Removes a container with its anonymous volumes when its log was read to the end; a volume that the files name stays, whatever its name is. */
export async function removeContainer(scope: EngineScope, step: RemoveStep, context: ApplyContext): Promise<void> {
  await scope.followers.drained(step.instance, context.signal);
  const unnamed = await scope.api.unnamedVolumes(step.instance, context.signal);
  await scope.api.remove(step.instance, context.signal);
  // One that Compose handed on to a container made anew was mounted by its name, and the engine keeps what is mounted by name.
  const named = new Set(context.environment.volumes.map(({ engineName }) => engineName));
  for (const name of unnamed.filter((each) => !named.has(each))) await removeUnused(scope, name, context.signal);
  scope.tracker.reportGone(step.instance, context.emit);
}

async function removeUnused({ api }: EngineScope, name: string, signal: AbortSignal): Promise<void> {
  try {
    await api.removeVolume(name, signal);
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.status !== 409) throw error;
  }
}

/** Removes a network by its engine name; one that is gone is no error. @throws DevError NETWORK_IN_USE */
export async function removeNetwork({ api }: EngineScope, step: RemoveNetwork, signal: AbortSignal): Promise<void> {
  try {
    await api.removeNetwork(step.name, signal);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const members = await api.networkMembers(step.name, signal);
    if (members === undefined) return;
    throw members.length > 0
      ? networkInUse(step.name, members)
      : engineFailed(`remove the network ${step.name}`, error.message, error);
  }
}

/** Removes a volume and its data, with the helpers of ours that were left on it; one that is gone is no error. @throws DevError VOLUME_IN_USE */
export async function removeVolume(
  { api }: EngineScope,
  { name }: RemoveVolume,
  project: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await removeWithHelpers(api, name, project, signal);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (error.status === 409) throw volumeInUse(name, error.message);
    throw engineFailed(`remove the volume ${name}`, error.message, error);
  }
}

async function removeWithHelpers(api: EngineApi, name: string, project: string, signal: AbortSignal): Promise<void> {
  try {
    await api.removeVolume(name, signal);
  } catch (error) {
    const helpers = await api.listContainers([`${helperLabel}=${project}`], signal);
    if (helpers.length === 0) throw error;
    for (const { id } of helpers) await api.remove(id, signal);
    await api.removeVolume(name, signal);
  }
}

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ApplyContext, Environment, RemoveStep, StopStep } from "@drydock/core";
import { endStrays } from "./end-strays.ts";
import { type EngineRoom, instanceKey, labelOf } from "./engine-room.ts";

/** Stops one instance and verifies that nothing of it is left, also of what it put into other groups. */
export async function stopInstance(
  room: EngineRoom,
  { service, number }: StopStep,
  { environment }: ApplyContext,
): Promise<void> {
  await room.find(service, number)?.stop();
  await endStrays(room, environment, labelOf(environment, service, number));
}

/** Forgets a stopped instance: its record, and the files that only it needed. */
export async function removeInstance(room: EngineRoom, { service, number }: RemoveStep): Promise<void> {
  await room.find(service, number)?.stop();
  room.instances.delete(instanceKey(service, number));
  room.record.forget(service, number);
  await rm(join(room.runDirectory, instanceKey(service, number)), { recursive: true, force: true });
  room.hub.emit({ kind: "gone", at: room.options.clock.now(), service, number });
}

/** Removes the data of a named volume. What one-shots did to it has to be done again. */
export async function removeVolume(room: EngineRoom, name: string, environment: Environment): Promise<void> {
  const volume = environment.volumes.find(({ engineName }) => engineName === name);
  if (!volume || volume.isExternal) return;
  await rm(join(room.volumesDirectory, volume.name), { recursive: true, force: true, maxRetries: 5 });
  room.record.forgetAllDone();
}

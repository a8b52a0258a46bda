import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ApplyContext, Environment, RemoveStep, RetireStep, StopStep } from "@drydock/core";
import { endStrays } from "./end-strays.ts";
import { type EngineRoom, instanceKey, labelOf } from "./engine-room.ts";
import type { InstanceProcess } from "./instance-process.ts";
import { runMarker } from "./markers.ts";
import { leadOldPorts, releaseOldPorts } from "./overlap/lead-old-ports.ts";
import { proxiesDrained } from "./overlap/move-proxies.ts";

/** Stops one instance, and what had its place before, and verifies that nothing of it is left, also of what it put into other groups. */
export async function stopInstance(
  room: EngineRoom,
  { service, number }: StopStep,
  { environment }: ApplyContext,
): Promise<void> {
  await Promise.all([
    room.find(service, number)?.stop(),
    ...retiring(room, service, number).map((each) => end(room, each)),
  ]);
  await releaseOldPorts(room, service, number);
  await endStrays(room, environment, labelOf(environment, service, number));
}

/** Stops what had an instance's place before, once the stack's proxies wait for no answer of it, and verifies that nothing of it is left. */
export async function retireInstance(
  room: EngineRoom,
  { service, number }: RetireStep,
  { environment, emit }: ApplyContext,
): Promise<void> {
  const all = retiring(room, service, number);
  await proxiesDrained(room);
  await Promise.all(all.map((each) => end(room, each)));
  const label = labelOf(environment, service, number);
  await Promise.all(all.map(({ runId }) => endStrays(room, environment, label, [runMarker(runId)])));
  if (room.isRunning(service, number)) await leadOldPorts(room, environment, service, number, emit);
}

async function end(room: EngineRoom, retired: InstanceProcess): Promise<void> {
  await retired.stop();
  room.retiring.delete(retired);
}

function retiring(room: EngineRoom, service: string, number: number): readonly InstanceProcess[] {
  return [...room.retiring].filter(({ instance }) => instance.service === service && instance.number === number);
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

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, fingerprint, type Instance, isOneShot, type Observed } from "@drydock/core";
import { type EngineRoom, instanceKey, type Stack } from "./engine-room.ts";
import type { InstanceProcess } from "./instance-process.ts";
import type { Launch } from "./launch.ts";
import { planLaunch } from "./plan-launch.ts";

/** What exists now: the instances of this process, one-shots that were done before it, and volumes on disk. */
export async function observeStack(room: EngineRoom, environment: Environment): Promise<Observed> {
  const stack = await room.readStack(environment);
  const known = await Promise.all([...room.instances.values()].map((each) => asObserved(room, stack, each)));
  const volumes = await Promise.all(
    environment.volumes.map(async ({ name, engineName }) => {
      const isThere = await stat(join(room.volumesDirectory, name)).then(
        () => true,
        () => false,
      );
      return isThere ? [engineName] : [];
    }),
  );
  return { instances: [...known, ...doneBefore(room, environment)], networks: [], volumes: volumes.flat() };
}

/**
 * An instance whose command, environment or folder would be another now (a Dockerfile was edited, an address moved) gets
 * another fingerprint, so that it is seen as changed.
 */
async function asObserved(
  room: EngineRoom,
  stack: Stack,
  { instance, launch, isRunning }: InstanceProcess,
): Promise<Instance> {
  if (!isRunning || launch.isRendered || !stack.blueprints.has(instance.service)) return instance;
  const now = await planLaunch(room, stack, instance.service, instance.number).catch(() => undefined);
  if (!now || launchKey(now.launch) === launchKey(launch)) return instance;
  return { ...instance, fingerprint: `${instance.fingerprint}:changed` };
}

function launchKey({ command, directory, environment }: Launch): string {
  return fingerprint({ command, directory, environment });
}

function doneBefore(room: EngineRoom, environment: Environment): readonly Instance[] {
  return room.record.done
    .filter(
      ({ service, number }) =>
        isOneShot(service, environment.services) && !room.instances.has(instanceKey(service, number)),
    )
    .map(({ service, number, fingerprint: print, startedAt }) => ({
      service,
      number,
      id: `done:${service}.${number}`,
      state: "done",
      reason: "exit 0, before",
      exitCode: 0,
      addresses: [],
      provider: "process",
      restarts: 0,
      startedAt,
      fingerprint: print,
    }));
}

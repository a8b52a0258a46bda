import { type ApplyContext, findService, type StartStep } from "@drydock/core";
import { type EngineRoom, instanceKey, labelOf } from "./engine-room.ts";
import { nothingToRun } from "./errors.ts";
import { followRealPorts } from "./follow-real-ports.ts";
import { makeInstance } from "./make-instance.ts";
import { leadOldPorts } from "./overlap/lead-old-ports.ts";
import { planLaunch } from "./plan-launch.ts";
import { movedNotice } from "./prepare.ts";
import { refreshProxies } from "./refresh-proxies.ts";

/** Starts one instance on its ports. One that runs already is left alone. */
export async function startInstance(
  room: EngineRoom,
  { service: name, number }: StartStep,
  context: ApplyContext,
): Promise<void> {
  const { environment, emit, signal } = context;
  const service = findService(environment, name);
  if (!service) throw nothingToRun(name, undefined);
  if (room.isRunning(name, number)) return;
  const stack = await room.readStack(environment);
  const targets = stack.blueprints.get(name)?.ports ?? [];
  const before = JSON.stringify(room.ports.addresses(service, number, targets));
  const moved = await room.ports.assign([{ service, number, targets, isStarting: true }]);
  const label = labelOf(environment, name, number);
  const isMoved = before !== JSON.stringify(room.ports.addresses(service, number, targets));
  if (isMoved) for (const each of moved) emit(movedNotice(room, each));
  const { launch, notices } = await planLaunch(room, stack, name, number);
  for (const message of notices) {
    emit({ kind: "notice", at: room.options.clock.now(), level: "info", message: `${label}: ${message}` });
  }
  signal.throwIfAborted();
  const instance = makeInstance(room, environment, service, number, launch);
  room.instances.set(instanceKey(name, number), instance);
  await instance.start();
  await leadOldPorts(room, environment, name, number, emit);
  void followRealPorts(room, stack, instance, emit, room.life.signal).catch(() => {}); // a look that failed changes nothing
  if (isMoved) await refreshProxies(room, stack, emit);
}

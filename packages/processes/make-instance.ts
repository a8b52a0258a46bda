import { type Environment, type Instance, isOneShot, type Service } from "@drydock/core";
import type { EngineRoom } from "./engine-room.ts";
import { InstanceProcess } from "./instance-process.ts";
import type { Launch } from "./launch.ts";
import { isReloadTalk } from "./reload-talk.ts";

/**
 * An instance that tells the engine's watchers what happens to it, and the record when a one-shot is done; as long as it is the one that the room knows by
 * its name: another may be about to take its place, or have done so.
 */
export function makeInstance(
  room: EngineRoom,
  environment: Environment,
  service: Service,
  number: number,
  launch: Launch,
): InstanceProcess {
  const { clock } = room.options;
  const oneShot = isOneShot(service.name, environment.services);
  const process: InstanceProcess = new InstanceProcess(service, number, oneShot, launch, {
    clock,
    guardian: room.guardian,
    takeLine: (stream, text) => {
      const event = { kind: "log", at: clock.now(), service: service.name, number, stream, text } as const;
      if (room.reloaded.has(process) && isReloadTalk(text)) room.hub.whisper(event);
      else room.hub.emit(event);
    },
    onChange: (instance) => {
      if (room.find(service.name, number) !== process) return;
      if (oneShot) recordOneShot(room, instance);
      room.hub.emit({ kind: "instance", at: clock.now(), instance });
    },
  });
  return process;
}

function recordOneShot(room: EngineRoom, { service, number, state, fingerprint, startedAt }: Instance): void {
  if (state === "starting") room.record.forget(service, number);
  if (state === "done" && fingerprint !== undefined && startedAt !== undefined)
    room.record.markDone({ service, number, fingerprint, startedAt });
}

import type { Emit, Environment } from "@drydock/core";
import { type EngineRoom, labelOf } from "../engine-room.ts";

/** The ports that an instance had first in this session lead to those that it has now, where these are others. One that is taken by now is a notice. */
export async function leadOldPorts(
  room: EngineRoom,
  environment: Environment,
  service: string,
  number: number,
  emit: Emit,
): Promise<void> {
  for (const { first, now } of room.ports.movedFrom(service, number)) {
    try {
      await room.oldPorts.lead(first, now);
    } catch {
      const label = labelOf(environment, service, number);
      const message = `${label} answers on port ${now()}, and not on ${first} any more: somebody else took that.`;
      emit({ kind: "notice", at: room.options.clock.now(), level: "warning", message });
    }
  }
}

/** Nothing leads to an instance that does not run. */
export async function releaseOldPorts({ ports, oldPorts }: EngineRoom, service: string, number: number): Promise<void> {
  await Promise.all(ports.movedFrom(service, number).map(({ first }) => oldPorts.release(first)));
}

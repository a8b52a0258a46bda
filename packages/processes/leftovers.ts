import type { Environment, Leftover } from "@drydock/core";
import { endStray } from "./end-strays.ts";
import { type EngineRoom, labelOf } from "./engine-room.ts";
import { findStrays, type Stray } from "./find-strays.ts";
import { serviceMarker, sessionMarker } from "./markers.ts";

/** Processes of this checkout that no running instance owns: what an earlier session left, or a service that was stopped. */
export async function findLeftovers(room: EngineRoom, environment: Environment): Promise<readonly Leftover[]> {
  const strays = (await findStrays(environment.directory)).filter((stray) => !isOwned(room, environment, stray));
  return strays.map(({ pid, label }) => ({ kind: "process", id: String(pid), label }));
}

/** Ends a leftover process, if it is still the one that was found: a number may be somebody else's by now. */
export async function removeLeftover(directory: string, leftover: Leftover): Promise<void> {
  const stray = (await findStrays(directory)).find(
    ({ pid, label }) => String(pid) === leftover.id && label === leftover.label,
  );
  if (stray) await endStray(stray);
}

function isOwned(room: EngineRoom, environment: Environment, { markers }: Stray): boolean {
  if (!markers.includes(sessionMarker(room.options.sessionId))) return false;
  return [...room.instances.values()].some(({ instance, isRunning }) => {
    return isRunning && markers.includes(serviceMarker(labelOf(environment, instance.service, instance.number)));
  });
}

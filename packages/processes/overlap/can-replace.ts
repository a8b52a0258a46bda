import { debugVariable, type Environment } from "@drydock/core";
import type { Blueprint } from "../blueprint.ts";
import type { EngineRoom, Stack } from "../engine-room.ts";
import { numbersOf } from "../host-targets.ts";
import type { InstanceProcess } from "../instance-process.ts";

/**
 * Whether a second process may run beside each instance of a service: it is our user's own program, ready, it was seen to listen where it was told or is told
 * by a variable, it keeps no data of its own, and no other process was given its address; proxies follow.
 */
export async function canReplace(room: EngineRoom, name: string, environment: Environment): Promise<boolean> {
  if (room.stubborn.has(name)) return false;
  const stack = await room.readStack(environment);
  const blueprint = stack.blueprints.get(name);
  if (!blueprint || !isSuitable(blueprint)) return false;
  const all = numbersOf(blueprint.service).flatMap((number) => room.find(name, number) ?? []);
  if (all.length !== blueprint.service.replicas) return false;
  if (!all.every((each) => each.instance.state === "ready" && isToldItsPort(blueprint, each))) return false;
  const ports = all.flatMap(({ instance }) => instance.addresses.map(({ port }) => port));
  return !knowsOneOf(room, stack, name, ports);
}

function isSuitable({ service, server, ports }: Blueprint): boolean {
  const isPublished = service.ports.some(({ published }) => published !== undefined);
  // Two programs that write the same files, or wait for the same debugger, are not what was asked for.
  const isAlone = service.mounts.some(({ kind }) => kind === "volume") || debugVariable in service.environment;
  return !server && service.dev.overlap !== false && ports.length > 0 && !isPublished && !isAlone;
}

/** It listens on another port than its container's, or a variable holds that port. */
function isToldItsPort({ service, built }: Blueprint, { launch }: InstanceProcess): boolean {
  const given = Object.entries({ ...built?.environment, ...service.environment });
  return launch.addresses.every(
    ({ target, port }) =>
      port !== target || given.some(([name, value]) => /(?:^|_)PORT$/i.test(name) && value === String(target)),
  );
}

/** Whether a program of another service was told one of these ports; what is rendered is rendered again. */
function knowsOneOf(room: EngineRoom, { blueprints }: Stack, name: string, ports: readonly number[]): boolean {
  const isMentioned = new RegExp(String.raw`(?<!\d)(?:${ports.join("|")})(?!\d)`);
  return [...room.instances.values()].some(({ instance, launch }) => {
    if (instance.service === name || launch.isRendered || !blueprints.has(instance.service)) return false;
    // Where the port stands alone, it may be a number of anything: better one restart too many than one address too few.
    return [...Object.values(launch.environment), ...launch.command].some((text) => isMentioned.test(text));
  });
}

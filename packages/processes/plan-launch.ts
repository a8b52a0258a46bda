import type { Blueprint } from "./blueprint.ts";
import { childEnvironment } from "./child-environment.ts";
import type { EngineRoom, Stack } from "./engine-room.ts";
import { nothingToRun } from "./errors.ts";
import { hostTargets, ownPorts } from "./host-targets.ts";
import { mapPathsInText } from "./map-paths.ts";
import { substituteOwnAddress } from "./own-address.ts";
import { parseHealthCheck, planHealth } from "./plan-health.ts";
import type { PlannedLaunch } from "./planned-launch.ts";
import type { PortView } from "./port-book.ts";
import { planServerLaunch } from "./providers/plan-server-launch.ts";
import { resolveCommand } from "./resolve-command.ts";
import { substituteHosts } from "./substitute-hosts.ts";

/**
 * Decides everything that starting one instance needs, from the files, the ports that were given out and the programs of this
 * machine; `ports`: others than the room's, for a process that is no server. @throws DevError NOTHING_TO_RUN, PROVIDER_MISSING, and those of the server's provider
 */
export async function planLaunch(
  room: EngineRoom,
  stack: Stack,
  name: string,
  number: number,
  ports: PortView = room.ports,
): Promise<PlannedLaunch> {
  const blueprint = stack.blueprints.get(name);
  if (!blueprint) throw nothingToRun(name, undefined);
  return blueprint.server
    ? planServerLaunch(room, stack, blueprint, blueprint.server, number)
    : planPlain(room, stack, blueprint, number, ports);
}

async function planPlain(
  room: EngineRoom,
  stack: Stack,
  blueprint: Blueprint,
  number: number,
  ports: PortView,
): Promise<PlannedLaunch> {
  const { service, built } = blueprint;
  const targets = hostTargets(stack, ports);
  const own = ownPorts(blueprint, number, ports);
  const resolved = resolveCommand(blueprint, stack.environment, targets, own);
  const { environment, doubts } = await childEnvironment(room, stack, blueprint, number, targets, own);
  const imageCheck = built?.healthCheck === undefined ? undefined : parseHealthCheck(built.healthCheck);
  const check = service.healthCheck ?? imageCheck;
  const [kind, ...words] = check?.test ?? (["CMD"] as const);
  const localWords = words.map((word) =>
    substituteOwnAddress(substituteHosts(mapPathsInText(word, blueprint.mappings), targets), own),
  );
  const { health, notice } = await planHealth({
    check: check && { ...check, test: [kind, ...localWords] },
    directory: resolved.directory,
    environment,
    address: [...own.values()][0],
  });
  const launch = {
    command: resolved.words,
    directory: resolved.directory,
    environment,
    addresses: ports.addresses(service, number, blueprint.ports),
    provider: "process",
    because: resolved.because,
    health,
  };
  return { launch, notices: notice === undefined ? doubts : [...doubts, notice] };
}

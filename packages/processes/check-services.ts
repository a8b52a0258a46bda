import { type Environment, findService, type PrepareStep, type Service } from "@drydock/core";
import type { EngineRoom, Stack } from "./engine-room.ts";
import { cannotPrepare, mongoUsersUnsupported, nothingToRun } from "./errors.ts";
import { hostTargets } from "./host-targets.ts";
import { chooseServer } from "./providers/choose-server.ts";
import { asksForUsers } from "./providers/mongo.ts";
import { resolveCommand } from "./resolve-command.ts";

/**
 * Whether this machine has what runs these services, without a port, a folder or a process: what `prepareServices` finds out as well, for a plan that is only shown.
 * @throws every reason why one cannot run, together
 */
export async function checkServices(room: EngineRoom, step: PrepareStep, environment: Environment): Promise<void> {
  const stack = await room.readStack(environment);
  const failures = new Map<string, unknown>();
  for (const service of step.services.flatMap((name) => findService(environment, name) ?? [])) {
    try {
      await checkService(room, stack, service);
    } catch (error) {
      failures.set(service.name, error);
    }
  }
  if (failures.size > 0) throw cannotPrepare(failures);
}

async function checkService(room: EngineRoom, stack: Stack, service: Service): Promise<void> {
  const blueprint = stack.blueprints.get(service.name);
  if (!blueprint) throw nothingToRun(service.name, undefined);
  if (!blueprint.server) {
    resolveCommand(blueprint, stack.environment, hostTargets(stack, room.ports), new Map());
    return;
  }
  const { program } = await chooseServer(blueprint.server, service, stack.environment, room.options);
  if (blueprint.server === "mongo" && program.kind === "binary" && asksForUsers(service))
    throw mongoUsersUnsupported(service.name);
}

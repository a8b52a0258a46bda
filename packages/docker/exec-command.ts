import { type Environment, type ExecCommand, type ExecRequest, findService, instanceLabel } from "@drydock/core";
import { cliVariables } from "./docker-host.ts";
import type { EngineScope } from "./engine-scope.ts";
import { notRunning } from "./errors.ts";
import { instanceContainer } from "./find-container.ts";

/**
 * `docker exec -i ID COMMAND`. Whoever has a terminal puts `-t` after `exec`: only the client knows whether it has one. The
 * values of variables travel in the environment and not on the command line, where every user of the machine could read them.
 * @throws DevError NOT_RUNNING
 */
export async function execCommand(
  scope: EngineScope,
  { service, number, command, environment: variables }: ExecRequest,
  environment: Environment,
  signal: AbortSignal,
): Promise<ExecCommand> {
  const container = await instanceContainer(scope, environment.project, service, number, signal);
  if (container?.status !== "running")
    throw notRunning(instanceLabel(service, number, findService(environment, service)?.replicas ?? 1));
  const names = Object.keys(variables).flatMap((name) => ["-e", name]);
  return {
    command: ["docker", "exec", "-i", ...names, container.id, ...command],
    directory: environment.directory,
    environment: { ...scope.options.variables(), ...variables, ...cliVariables(scope.options.host) },
  };
}

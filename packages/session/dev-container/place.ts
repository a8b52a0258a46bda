import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AskDocker, CliPlace, DevContainerConfiguration } from "@drydock/devcontainer";
import { stateFolder } from "../state-folder.ts";
import { noDockerForContainer } from "./errors.ts";
import { isInDevContainer } from "./inside.ts";

/** Which dev container is meant. */
export interface ContainerSource {
  readonly directory: string;
  /** A `devcontainer.json` that was named by hand. */
  readonly file?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A dev container's configuration, checked, and the engine that it is for. */
export interface ContainerPlace extends CliPlace {
  readonly configuration: DevContainerConfiguration;
  readonly docker: AskDocker;
  /** Where the process that holds its forwarded ports keeps its socket and its ports. */
  readonly forwarderFolder: string;
}

/**
 * Reads the configuration, every mistake of it at once, and finds the Docker engine.
 * @throws DevError NO_DEV_CONTAINER, MANY_DEV_CONTAINERS, BAD_CONFIGURATION, NO_DOCKER
 */
export async function findContainerPlace(source: ContainerSource, signal: AbortSignal): Promise<ContainerPlace> {
  const { badDevContainer, dockerCli, findConfiguration, parseConfiguration } = await import("@drydock/devcontainer");
  const { workspaceFolder, file } = findConfiguration(source.directory, source.file);
  const parsed = parseConfiguration(readFileSync(file, "utf8"), file, existsSync);
  if (!parsed.ok) throw badDevContainer(file, parsed.problems);
  const variables = await engineVariables(source.variables, signal);
  return {
    workspaceFolder,
    file,
    variables,
    configuration: parsed.configuration,
    docker: dockerCli(variables),
    forwarderFolder: join(
      stateFolder(workspaceFolder, undefined, isInDevContainer(source.variables)).directory,
      "forwarder",
    ),
  };
}

/** The variables that let the docker CLI talk to the engine that answers, wherever its socket is. */
async function engineVariables(
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const { cliVariables, findDocker, isFound } = await import("@drydock/docker");
  const answer = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  if (!isFound(answer)) throw noDockerForContainer(answer.tried, existsSync("/.dockerenv"));
  return { ...variables, ...cliVariables(answer) };
}

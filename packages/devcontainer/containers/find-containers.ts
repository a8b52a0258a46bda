import type { ConfigurationPlace } from "../configuration/find-configuration.ts";
import { type DevContainer, readContainers } from "./container.ts";
import type { AskDocker } from "./docker-cli.ts";

/**
 * The containers of a dev container: those that the CLI or an editor made for this folder and file, which both label alike (containers.dev,
 * "Labels"). Stopped ones too.
 */
export async function findContainers(
  docker: AskDocker,
  { workspaceFolder, file }: ConfigurationPlace,
  signal: AbortSignal,
): Promise<readonly DevContainer[]> {
  const labels = [`devcontainer.local_folder=${workspaceFolder}`, `devcontainer.config_file=${file}`];
  return inspectAll(docker, labels, signal);
}

/** All containers of a Compose project. */
export function findProject(docker: AskDocker, project: string, signal: AbortSignal): Promise<readonly DevContainer[]> {
  return inspectAll(docker, [`com.docker.compose.project=${project}`], signal);
}

async function inspectAll(
  docker: AskDocker,
  labels: readonly string[],
  signal: AbortSignal,
): Promise<readonly DevContainer[]> {
  const filters = labels.flatMap((label) => ["--filter", `label=${label}`]);
  const ids = (await docker(["ps", "--all", "--quiet", "--no-trunc", ...filters], signal))
    .split("\n")
    .filter((id) => id !== "");
  if (ids.length === 0) return [];
  return readContainers(await docker(["inspect", "--type", "container", ...ids], signal));
}

import type { FoundDocker } from "./docker-host.ts";
import { dockerProgram } from "./docker-program.ts";
import { endHelpers } from "./end-helpers.ts";
import { dataLabel } from "./labels.ts";

/** The volume of a project's snapshots, which no Compose file names: made when it is needed. */
export interface OwnVolume {
  readonly project: string;
  /** Where a container sees it. */
  readonly target: string;
}

type Variables = Readonly<Record<string, string>>;

/** Its name on the engine. */
export const ownVolumeName = (project: string): string => `${project}_drydock`;

/** Makes it where it is missing. @throws DevError VOLUME_HELPER_FAILED */
export async function makeOwnVolume(
  docker: FoundDocker,
  project: string,
  variables: Variables,
  signal: AbortSignal,
): Promise<void> {
  const label = `${dataLabel}=${project}`;
  await dockerProgram(docker, variables, signal)("volume", "create", "--label", label, ownVolumeName(project));
}

/** Removes it with all that is in it; one that is gone is no error. @throws DevError VOLUME_HELPER_FAILED where a container uses it */
export async function removeOwnVolume(
  docker: FoundDocker,
  project: string,
  variables: Variables,
  signal: AbortSignal,
): Promise<void> {
  await endHelpers(docker, project, variables, signal);
  await dockerProgram(docker, variables, signal)("volume", "rm", "-f", ownVolumeName(project));
}

/** The id of the first of these images that the engine has; undefined where it has none. @throws the signal's reason */
export async function firstImage(
  docker: FoundDocker,
  names: readonly string[],
  variables: Variables,
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = dockerProgram(docker, variables, signal);
  for (const name of names) {
    const id = await run("image", "inspect", "--format", "{{.Id}}", name).catch(() => "");
    signal.throwIfAborted();
    if (id !== "") return id;
  }
  return undefined;
}

import type { ConfigurationPlace } from "../configuration/find-configuration.ts";
import { containersLeft } from "../errors.ts";
import type { DevContainer } from "./container.ts";
import type { AskDocker } from "./docker-cli.ts";
import { findContainers, findProject } from "./find-containers.ts";

// Its first process only waits, often as `sleep infinity`, which hears no signal; what works in it is not told by Docker anyway.
const workspaceGraceSeconds = "2";

/** What there is of a dev container: its own containers, and those of the Compose project that it was made with. */
export interface DevContainerThings {
  readonly containers: readonly DevContainer[];
  readonly composeProjects: readonly string[];
}

/** Looks at what there is. */
export async function findThings(
  docker: AskDocker,
  place: ConfigurationPlace,
  signal: AbortSignal,
): Promise<DevContainerThings> {
  const own = await findContainers(docker, place, signal);
  const composeProjects = [...new Set(own.flatMap(({ composeProject }) => composeProject ?? []))];
  const beside = await Promise.all(composeProjects.map((project) => findProject(docker, project, signal)));
  const ids = new Set(own.map(({ id }) => id));
  return { containers: [...own, ...beside.flat().filter(({ id }) => !ids.has(id))], composeProjects };
}

/** Stops them and keeps them: the workspace within seconds, what Compose runs beside it (databases) with its own patience. */
export async function stopThings(docker: AskDocker, things: DevContainerThings, signal: AbortSignal): Promise<void> {
  const stop = async (containers: readonly DevContainer[], ...flags: readonly string[]) => {
    const ids = containers.filter(({ isRunning }) => isRunning).map(({ id }) => id);
    if (ids.length > 0) await docker(["stop", ...flags, ...ids], signal);
  };
  const beside = things.containers.filter(({ isWorkspace }) => !isWorkspace);
  const workspaces = things.containers.filter(({ isWorkspace }) => isWorkspace);
  await Promise.all([stop(workspaces, "-t", workspaceGraceSeconds), stop(beside)]);
}

/**
 * Removes a container that was made and never started: the next `up` would try it again as it is, whatever the file says by then. Compose makes its
 * own anew where that is needed.
 */
export async function removeNeverStarted(
  docker: AskDocker,
  place: ConfigurationPlace,
  signal: AbortSignal,
): Promise<void> {
  const made = (await findContainers(docker, place, signal)).filter(
    ({ wasStarted, composeProject }) => !wasStarted && composeProject === undefined,
  );
  if (made.length > 0) await docker(["rm", "--volumes", ...made.map(({ id }) => id)], signal);
}

/** Removes them with their networks and anonymous volumes, and verifies it; volumes with a name stay. @throws DevError LEFT_BEHIND */
export async function removeThings(
  docker: AskDocker,
  place: ConfigurationPlace,
  things: DevContainerThings,
  signal: AbortSignal,
): Promise<void> {
  await stopThings(docker, things, signal);
  for (const project of things.composeProjects)
    await docker(["compose", "--project-name", project, "down", "--remove-orphans"], signal);
  const { containers } = await findThings(docker, place, signal);
  if (containers.length > 0) await docker(["rm", "--force", "--volumes", ...containers.map(({ id }) => id)], signal);
  const left = await findThings(docker, place, signal);
  if (left.containers.length > 0) throw containersLeft(left.containers.map(({ name }) => name));
}

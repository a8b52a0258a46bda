import type { FoundDocker } from "./docker-host.ts";
import { EngineApi } from "./engine-api.ts";
import { directoryLabel, projectLabel } from "./labels.ts";

/** A Compose project that has containers, and the folder that they were made from. */
export interface WorkingFolder {
  readonly project: string;
  readonly directory: string;
  /** Names, sorted. */
  readonly containers: readonly string[];
}

/** Every project that has a container on this engine, also a stopped one, by name. */
export async function workingFolders(docker: FoundDocker, signal: AbortSignal): Promise<readonly WorkingFolder[]> {
  const api = new EngineApi(docker.host);
  const projects = new Map<string, WorkingFolder>();
  try {
    for (const { name, labels } of await api.listContainers([directoryLabel], signal)) {
      const { [projectLabel]: project = "", [directoryLabel]: directory = "" } = labels;
      const key = `${project} ${directory}`;
      const known = projects.get(key)?.containers ?? [];
      projects.set(key, { project, directory, containers: [...known, name].toSorted() });
    }
  } finally {
    api.close();
  }
  return [...projects].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

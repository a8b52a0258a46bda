import type { FoundDocker } from "./docker-host.ts";
import { EngineApi } from "./engine-api.ts";
import { directoryLabel, projectLabel } from "./labels.ts";

/**
 * The folder of another checkout that uses this project name on this engine now; undefined where nobody else does. Two
 * checkouts under one name would re-create each other's containers.
 */
export async function findForeignCheckout(
  docker: FoundDocker,
  project: string,
  directory: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const api = new EngineApi(docker.host);
  try {
    const containers = await api.listContainers([`${projectLabel}=${project}`], signal);
    return containers
      .map(({ labels }) => labels[directoryLabel])
      .find((each) => each !== undefined && each !== directory);
  } finally {
    api.close();
  }
}

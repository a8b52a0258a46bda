import { hostname } from "node:os";
import type { FoundDocker } from "./docker-host.ts";
import { EngineApi } from "./engine-api.ts";
import type { ListedContainer } from "./listed-container.ts";

/** A folder of a dev container as the engine outside sees it. */
export interface OutsideView {
  readonly container: string;
  /** The folder's path on the engine's own machine; undefined where it lies in a volume. */
  readonly directory: string | undefined;
  /** True: the container shares the network of that machine, so that published ports are here, too. */
  readonly sharesNetwork: boolean;
}

/**
 * Whether the engine is the one that runs this very dev container, and what it sees of a folder in it: the dev container that mounts the folder, and,
 * where several do, the one of this host name. Undefined for an engine inside, or elsewhere.
 */
export async function findOutsideView(
  docker: FoundDocker,
  directory: string,
  signal: AbortSignal,
): Promise<OutsideView | undefined> {
  const api = new EngineApi(docker.host);
  try {
    const containers = await api.listContainers(["devcontainer.local_folder"], signal);
    return outsideView(containers, directory, hostname());
  } finally {
    api.close();
  }
}

/** The same, of containers that are known. */
export function outsideView(
  containers: readonly ListedContainer[],
  directory: string,
  host: string,
): OutsideView | undefined {
  const holding = containers
    .filter(({ status }) => status === "running")
    .flatMap((container) => {
      const mount = container.mounts
        .filter(({ target }) => directory === target || directory.startsWith(`${target}/`))
        .sort((a, b) => b.target.length - a.target.length)[0];
      return mount ? [{ container, mount }] : [];
    });
  // A container is called after its id where nobody gave it another host name.
  const own = holding.find(({ container }) => container.id.startsWith(host)) ?? holding[0];
  if (!own) return undefined;
  const { container, mount } = own;
  return {
    container: container.name,
    directory: mount.source === undefined ? undefined : mount.source + directory.slice(mount.target.length),
    sharesNetwork: container.networkMode === "host",
  };
}

import type { PortWishes } from "../configuration/configuration.ts";
import { readWishes } from "../configuration/read-wishes.ts";
import { type CliPlace, runCli } from "./cli.ts";
import type { EmitContainerEvent } from "./container-event.ts";

/** How a dev container is brought up. */
export interface BringUpRequest {
  /** True: an existing container is removed first, and its image built without a cache. */
  readonly rebuild: boolean;
}

/** A dev container that is up: its commands have run. */
export interface BroughtUp {
  readonly containerId: string;
  readonly user: string;
  readonly folder: string;
  /** The Compose project that it belongs to, where it does. */
  readonly composeProject?: string;
  /** Of the file and of the image together. */
  readonly ports: PortWishes;
}

/** Makes or starts the dev container, and runs its commands. @throws DevError DEV_CONTAINER_FAILED and its kin */
export async function bringUp(
  place: CliPlace,
  { rebuild }: BringUpRequest,
  emit: EmitContainerEvent,
  signal: AbortSignal,
): Promise<BroughtUp> {
  const fresh = rebuild ? ["--remove-existing-container", "--build-no-cache"] : [];
  const fields = await runCli(place, ["--include-merged-configuration", ...fresh], emit, signal);
  const { containerId, remoteUser, remoteWorkspaceFolder, composeProjectName, mergedConfiguration } = fields;
  return {
    containerId: String(containerId),
    user: String(remoteUser),
    folder: String(remoteWorkspaceFolder),
    ...(typeof composeProjectName === "string" ? { composeProject: composeProjectName } : {}),
    ports: readWishes((mergedConfiguration ?? {}) as Readonly<Record<string, unknown>>),
  };
}

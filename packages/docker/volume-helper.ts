import type { FoundDocker } from "./docker-host.ts";
import { dockerProgram as program } from "./docker-program.ts";
import { endHelpers } from "./end-helpers.ts";
import { helperLabel } from "./labels.ts";
import { makeOwnVolume, type OwnVolume, ownVolumeName } from "./own-volume.ts";

/** A volume or a folder of the engine's machine, and where a helper sees it. */
export interface HelperMount {
  readonly kind: "volume" | "bind";
  /** The volume's name, or an absolute path. */
  readonly source: string;
  readonly target: string;
}

/** Where a container keeps its files. */
export interface ContainerMounts {
  readonly imageId: string;
  readonly mounts: readonly HelperMount[];
}

/** A container that reaches volumes while nothing of their services runs. */
export interface VolumeHelper {
  /** Runs a shell script with arguments, as root; returns what it printed. @throws DevError VOLUME_HELPER_FAILED */
  run(script: string, words: readonly string[], signal: AbortSignal): Promise<string>;
  /** Removes the container. */
  close(): Promise<void>;
}

/** What a helper is made from: nothing is pulled, its image is one that is there. */
export interface HelperRequest {
  readonly project: string;
  readonly imageId: string;
  readonly mounts: readonly HelperMount[];
  /** Made when it is missing. */
  readonly ownVolume: OwnVolume;
  readonly variables: Readonly<Record<string, string>>;
}

// A helper whose owner was killed ends by itself; the next one of the project removes it before.
const longestSeconds = 6 * 3600;

/** What a container, also a stopped one, is made of. @throws DevError VOLUME_HELPER_FAILED */
export async function containerMounts(
  docker: FoundDocker,
  id: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ContainerMounts> {
  const said = await program(docker, variables, signal)("inspect", "--type", "container", id);
  const [{ Image, Mounts }] = JSON.parse(said) as [InspectAnswer];
  const mounts = Mounts.flatMap(({ Type, Name, Source, Destination }): readonly HelperMount[] => {
    if (Type === "volume" && Name !== undefined) return [{ kind: "volume", source: Name, target: Destination }];
    return Type === "bind" ? [{ kind: "bind", source: Source, target: Destination }] : [];
  });
  return { imageId: Image, mounts };
}

/** Whether there is such a volume; a mount of one that is not there would make it. @throws DevError VOLUME_HELPER_FAILED */
export async function hasVolume(
  docker: FoundDocker,
  name: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<boolean> {
  const names = await program(docker, variables, signal)("volume", "ls", "-q", "--filter", `name=${name}`);
  return names.split("\n").includes(name);
}

/** Starts a helper, after ending those that somebody left. @throws DevError VOLUME_HELPER_FAILED */
export async function openVolumeHelper(
  docker: FoundDocker,
  { project, imageId, mounts, ownVolume, variables }: HelperRequest,
  signal: AbortSignal,
): Promise<VolumeHelper> {
  const run = program(docker, variables, signal);
  await endHelpers(docker, project, variables, signal);
  await makeOwnVolume(docker, ownVolume.project, variables, signal);
  const own = { kind: "volume", source: ownVolumeName(ownVolume.project), target: ownVolume.target };
  const places = [...mounts, own].map(({ kind, source, target }) => `type=${kind},src=${source},dst=${target}`);
  const id = await run(
    ...["run", "-d", "--rm", "--pull", "never", "--network", "none", "--user", "0"],
    ...["--label", `${helperLabel}=${project}`],
    ...places.flatMap((place) => ["--mount", place]),
    ...["--entrypoint", "sh", imageId, "-c", `exec sleep ${longestSeconds}`],
  );
  return {
    run: (script, words, abort) => program(docker, variables, abort)("exec", id, "sh", "-euc", script, "sh", ...words),
    async close() {
      await program(docker, variables, undefined)("rm", "-f", "-v", id);
    },
  };
}

/** A server that is to read a copy in a project's own volume. */
export interface VolumeServerRequest {
  readonly project: string;
  readonly imageId: string;
  readonly ownVolume: OwnVolume;
  readonly variables: Readonly<Record<string, string>>;
  /** The program and its arguments. */
  readonly words: readonly string[];
  /** Where it listens. */
  readonly port: number;
}

/** Starts a server on a volume, published on loopback alone. Its port is open, it may not answer yet. @throws DevError VOLUME_HELPER_FAILED */
export async function serveVolume(
  docker: FoundDocker,
  { project, imageId, ownVolume, variables, words, port }: VolumeServerRequest,
  signal: AbortSignal,
): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const [entry = "", ...rest] = words;
  const source = ownVolumeName(ownVolume.project);
  const id = await program(docker, variables, signal)(
    ...["run", "-d", "--rm", "--pull", "never", "--user", "0", "--label", `${helperLabel}=${project}`],
    ...["--mount", `type=volume,src=${source},dst=${ownVolume.target}`, "-p", `127.0.0.1::${port}`],
    ...["--entrypoint", entry, imageId, ...rest],
  );
  const stop = async () => void (await program(docker, variables, undefined)("rm", "-f", "-v", id));
  try {
    const [address = ""] = (await program(docker, variables, signal)("port", id, String(port))).split("\n");
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The parts of `docker inspect` that are read (Docker Engine API v1.51, ContainerInspect). */
interface InspectAnswer {
  readonly Image: string;
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source: string;
    readonly Destination: string;
  }[];
}

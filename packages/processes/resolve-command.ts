import { resolve } from "node:path";
import type { Environment, HostPort } from "@drydock/core";
import type { Blueprint } from "./blueprint.ts";
import { nothingToRun } from "./errors.ts";
import { mapPath, mapPathsInText } from "./map-paths.ts";
import { substituteOwnPort } from "./own-address.ts";
import { type HostTargets, substituteHosts } from "./substitute-hosts.ts";

/** A command and where it runs, on this machine. */
export interface ResolvedCommand {
  readonly words: readonly string[];
  readonly directory: string;
  /** Where it comes from, as a sentence. */
  readonly because: string;
}

/**
 * Decides what a service that is no server of ours runs: `x-dev.run`, else `entrypoint` and `command`, else its Dockerfile's.
 * Paths of the container become paths of this machine, host names addresses.
 * @throws DevError NOTHING_TO_RUN
 */
export function resolveCommand(
  blueprint: Blueprint,
  environment: Environment,
  targets: HostTargets,
  own: ReadonlyMap<number, HostPort>,
): ResolvedCommand {
  const { service, mappings } = blueprint;
  const directory = workingDirectory(blueprint, environment);
  if (service.dev.run !== undefined)
    return { words: shellWords(substituteHosts(service.dev.run, targets)), directory, because: "x-dev.run says so" };
  const { words, because } = containerCommand(blueprint);
  if (words.length === 0) throw nothingToRun(service.name, service.image, missingDockerfile(blueprint));
  const local = words.map((word) => substituteHosts(mapPathsInText(word, mappings), targets));
  return { words: substituteOwnPort(local, own), directory, because };
}

/** The Dockerfile that a service is to be built from and that could not be read. */
function missingDockerfile({ service: { build }, built }: Blueprint): string | undefined {
  return build && !built ? resolve(build.context, build.dockerfile) : undefined;
}

/** A shell line as a command. */
function shellWords(line: string): readonly string[] {
  return process.platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", line] : ["/bin/sh", "-c", line];
}

/** As Docker combines them: an `entrypoint` of the Compose file also drops the image's CMD (Compose Specification, entrypoint). */
function containerCommand({ service, built }: Blueprint): {
  readonly words: readonly string[];
  readonly because: string;
} {
  const entrypoint = service.entrypoint ?? built?.entrypoint ?? [];
  const command = service.command ?? (service.entrypoint === undefined ? built?.command : undefined) ?? [];
  const isOurs = service.command !== undefined || service.entrypoint !== undefined;
  return {
    words: [...entrypoint, ...command],
    because: isOurs ? "the Compose file's command" : "its Dockerfile's command",
  };
}

/** The container's working folder on this machine; what is not there falls back to the build context, then the project. */
function workingDirectory({ service, built, mappings }: Blueprint, environment: Environment): string {
  const inContainer = service.workingDirectory ?? built?.workingDirectory;
  const mapped = inContainer === undefined || inContainer === "/" ? undefined : mapPath(inContainer, mappings);
  return resolve(environment.directory, mapped ?? service.build?.context ?? onlyBind(service.mounts) ?? ".");
}

/** Without a working folder, the one folder that is mounted is meant. */
function onlyBind(mounts: Blueprint["service"]["mounts"]): string | undefined {
  const binds = mounts.filter(({ kind, source }) => kind === "bind" && source !== undefined && !/\.\w+$/.test(source));
  return binds.length === 1 ? binds[0]?.source : undefined;
}

import { dirname } from "node:path";
import type { HostPort } from "@drydock/core";
import { baseEnvironment } from "./base-environment.ts";
import type { Blueprint } from "./blueprint.ts";
import { type EngineRoom, labelOf, type Stack } from "./engine-room.ts";
import { mapPathsInText } from "./map-paths.ts";
import { markers } from "./markers.ts";
import { substituteEnvironment } from "./substitute-environment.ts";
import type { HostTargets } from "./substitute-hosts.ts";

/** What a container would see, with addresses and paths of this machine, and what a process needs besides. */
export async function childEnvironment(
  room: EngineRoom,
  stack: Stack,
  blueprint: Blueprint,
  number: number,
  targets: HostTargets,
  own: ReadonlyMap<number, HostPort>,
): Promise<{ readonly environment: Readonly<Record<string, string>>; readonly doubts: readonly string[] }> {
  const { service, built, mappings } = blueprint;
  const { directory } = stack.environment;
  const wanted = Object.entries({ ...built?.environment, ...service.environment }).filter(
    ([name]) => !isContainersOwn(name, built?.environment, service.environment),
  );
  const mapped = wanted.map(([name, value]) => [name, isWebPath(name) ? value : mapPathsInText(value, mappings)]);
  const { environment, doubts } = substituteEnvironment(Object.fromEntries(mapped), targets, own);
  const base = withNodeOnPath(baseEnvironment(room.options.variables));
  const moved = [...own].find(([target, { port }]) => target !== port);
  // A program that reads PORT finds its port although Compose says nothing of it; the others are found by looking.
  const port = moved && !("PORT" in environment) ? { PORT: String([...own.values()][0]?.port) } : {};
  const label = labelOf(stack.environment, service.name, number);
  return {
    environment: { ...base, ...port, ...environment, ...markers(room.options.sessionId, directory, label) },
    doubts,
  };
}

/** PATH and HOME of an image are about the image's own files. */
function isContainersOwn(name: string, image: object | undefined, service: object): boolean {
  return (name === "PATH" || name === "HOME") && image !== undefined && name in image && !(name in service);
}

/** `BASE_PATH=/app` is a path of URLs, although a folder of the container may have that name. */
function isWebPath(name: string): boolean {
  return /BASE|URL|URI|PREFIX|ROUTE|PUBLIC|ENDPOINT/i.test(name);
}

/** The folder of this Node goes last on PATH: `node` and `npm` are there on a machine that has them nowhere else. */
function withNodeOnPath(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const separator = process.platform === "win32" ? ";" : ":";
  return {
    ...variables,
    PATH: [variables.PATH ?? "", dirname(process.execPath)].filter((each) => each !== "").join(separator),
  };
}

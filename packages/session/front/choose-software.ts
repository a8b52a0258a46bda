import type { EngineKind, Environment } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import type { FrontFolder } from "./front-folder.ts";
import { edgeSoftware, type FrontSoftware } from "./front-software.ts";
import type { ContainerStack } from "./in-docker/nginx-in-docker.ts";
import { outsideFolders } from "./in-docker/outside-folders.ts";
import { wantedImage } from "./in-docker/wanted-image.ts";
import { nginxOnPath } from "./nginx-on-path.ts";

/** What a front is to be served by. Where two are equal, so is what they lead to. */
export interface SoftwareWish {
  readonly server: Settings["front"]["server"];
  /** The stack, where its containers may have one for the front among them. */
  readonly stack: ContainerStack | undefined;
}

/** What can serve a front here. */
export interface ChosenSoftware {
  /** Best first; the last one is always there. */
  readonly choice: readonly FrontSoftware[];
  /** Why the one that was asked for is not among them: a sentence. */
  readonly refusal: string | undefined;
}

/** What a stack's settings ask for on an engine. Looks where links lead, and at nothing else. */
export async function softwareWish(
  { directory, project, services }: Environment,
  { front: { server }, routes }: Pick<Settings, "front" | "routes">,
  engine: EngineKind,
): Promise<SoftwareWish> {
  if (server === "edge" || engine === "local") return { server, stack: undefined };
  const folders = [directory, ...(await outsideFolders(directory, routes))];
  return { server, stack: { ...wantedImage({ services }), project, folders } };
}

/**
 * The edge, or, where the settings say so, nginx first: on a Docker engine that of an image, then the one on PATH. Windows has no signal to reload it.
 * `serveCommand` runs `dev serve`.
 */
export async function chooseSoftware(
  { server, stack }: SoftwareWish,
  serveCommand: readonly string[],
  folder: FrontFolder,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ChosenSoftware> {
  const edge = edgeSoftware(serveCommand, folder);
  const only = (refusal: string | undefined): ChosenSoftware => ({ choice: [edge], refusal });
  if (server === "edge") return only(undefined);
  if (process.platform === "win32") return only(notServed(["nginx cannot take up changes on Windows"]));
  const [inDocker, onPath] = await Promise.all([
    stack && import("./in-docker/nginx-in-docker.ts").then((it) => it.nginxInDocker(stack, folder, variables, signal)),
    nginxOnPath(folder, variables),
  ]);
  const asked = [inDocker, onPath].filter((each) => each !== undefined);
  const choice = asked.filter((each) => typeof each !== "string");
  const reasons = asked.filter((each) => typeof each === "string");
  if (choice.length === 0) return only(notServed(reasons));
  // Any nginx is what was asked for, but production's own is better.
  const isLesser = stack?.isOfStack === true && typeof inDocker === "string";
  const refusal = isLesser ? `The stack's own nginx does not serve the front: ${inDocker}.` : undefined;
  return { choice: [...choice, edge], refusal };
}

const notServed = (reasons: readonly string[]): string => `nginx does not serve the front: ${reasons.join(", and ")}.`;

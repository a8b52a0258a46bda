import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ServerKind, type Service, serverOfImage, serverOfProgram, servers } from "@drydock/core";
import { containerPorts } from "./container-ports.ts";
import { type BuiltImage, readBuiltImage } from "./dockerfile-stage.ts";
import type { PathMapping } from "./map-paths.ts";

/** A service with all that its files say of how it runs; what of it does not depend on ports or programs of this machine. */
export interface Blueprint {
  readonly service: Service;
  readonly built?: BuiltImage;
  /** Set when a provider runs it. */
  readonly server?: ServerKind;
  /** Where the container's paths lie on this machine; later ones win. */
  readonly mappings: readonly PathMapping[];
  /** The ports that it listens on in its container. */
  readonly ports: readonly number[];
  /** Names by which other services reach it. */
  readonly hostNames: readonly string[];
}

/** Reads what a service's files say. `volumesDirectory` is where named volumes lie. */
export async function readBlueprint(service: Service, volumesDirectory: string): Promise<Blueprint> {
  const built = await readBuild(service);
  const server = serverOf(service, built);
  const mounts = service.mounts.flatMap(({ kind, source, target }): readonly PathMapping[] => {
    if (source === undefined || kind === "tmpfs") return [];
    return [{ target, source: kind === "bind" ? source : join(volumesDirectory, source) }];
  });
  // A program runs in its source folder: a volume that hides a part of it in the container (node_modules) has no meaning here.
  const visible = server
    ? mounts
    : mounts.filter((mount) => !mounts.some((other) => other !== mount && hides(mount, other)));
  return {
    service,
    ...(built ? { built } : {}),
    ...(server ? { server } : {}),
    mappings: [...(built?.copies ?? []), ...visible],
    ports: containerPorts(service, { exposed: built?.exposed ?? [], defaults: server ? servers[server].ports : [] }),
    hostNames: hostNames(service),
  };
}

function hides(inner: PathMapping, outer: PathMapping): boolean {
  return inner.target.startsWith(`${outer.target}/`) && inner.target.endsWith("/node_modules");
}

async function readBuild({ build, definition }: Service): Promise<BuiltImage | undefined> {
  if (!build) return undefined;
  const inline = pick(pick(definition, "build"), "dockerfile_inline");
  const path = resolve(build.context, build.dockerfile);
  const text = typeof inline === "string" ? inline : await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  return readBuiltImage(text, build.context, build.target, stringValues(pick(pick(definition, "build"), "args")));
}

function serverOf(
  { dev, image, build, command, entrypoint }: Service,
  built: BuiltImage | undefined,
): ServerKind | undefined {
  if (dev.run !== undefined) return undefined;
  const named = dev.provider === undefined ? undefined : serverOfProgram(dev.provider);
  if (named) return named;
  const base = build ? built?.base : image;
  const kind = base === undefined ? undefined : serverOfImage(base);
  if (!kind || entrypoint?.length || built?.entrypoint || built?.command) return undefined;
  const words = command ?? [];
  // `--replSet rs0` is for the image's own entrypoint; `sh -c "redis-server ..."` still means the server.
  const mentions = words.some((word) => servers[kind].programs.some((program) => word.includes(program)));
  return words.length === 0 || words[0]?.startsWith("-") || mentions || words[0]?.endsWith(".conf") ? kind : undefined;
}

/** Compose's DNS: the service's name, its aliases on every network, its container name (Compose Specification, networks). */
function hostNames({ name, definition }: Service): readonly string[] {
  const networks = Object.values(object(pick(definition, "networks")));
  const aliases = networks.flatMap((network) => {
    const list = pick(network, "aliases");
    return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
  });
  const container = pick(definition, "container_name");
  return [name, ...aliases, ...(typeof container === "string" ? [container] : [])];
}

function pick(data: unknown, key: string): unknown {
  return object(data)[key];
}

function object(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null ? Object.fromEntries(Object.entries(data)) : {};
}

function stringValues(data: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(object(data)).map(([name, value]) => [name, String(value ?? "")]));
}

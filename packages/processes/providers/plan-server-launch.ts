import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServerKind } from "@drydock/core";
import type { Blueprint } from "../blueprint.ts";
import { childEnvironment } from "../child-environment.ts";
import { type EngineRoom, instanceKey, type Stack } from "../engine-room.ts";
import { hostTargets, ownPorts } from "../host-targets.ts";
import { mapPath, mapPathsInText } from "../map-paths.ts";
import { substituteOwnAddress } from "../own-address.ts";
import { ownsPort } from "../own-port.ts";
import { planHealth } from "../plan-health.ts";
import type { PlannedLaunch } from "../planned-launch.ts";
import { substituteHosts } from "../substitute-hosts.ts";
import { chooseServer } from "./choose-server.ts";
import { planMongo } from "./mongo.ts";
import { planNginx } from "./nginx.ts";
import type { ServerLaunch, ServerRequest } from "./provider.ts";
import { planRedis } from "./redis.ts";

/** Decides how a server's image runs here. @throws DevError PROVIDER_MISSING and those of its kind */
export async function planServerLaunch(
  room: EngineRoom,
  stack: Stack,
  blueprint: Blueprint,
  kind: ServerKind,
  number: number,
): Promise<PlannedLaunch> {
  const { service } = blueprint;
  const chosen = await chooseServer(kind, service, stack.environment, room.options);
  const runDirectory = join(room.runDirectory, instanceKey(service.name, number));
  const own = ownPorts(blueprint, number, room.ports);
  const targets = hostTargets(stack, room.ports);
  // Without a volume, the data goes with the instance, as it does with a container.
  const dataDirectory = (target: string) => mapPath(target, blueprint.mappings) ?? join(runDirectory, "data");
  await mkdir(runDirectory, { recursive: true });
  const request: ServerRequest = {
    blueprint,
    environment: stack.environment,
    chosen,
    own,
    runDirectory,
    dataDirectory,
    isOwnPort: async (port) => {
      const group = room.find(service.name, number)?.group;
      return group !== undefined && ownsPort(group, port);
    },
  };
  const { words, probe, notices } = await planKind(room, stack, kind, request);
  const { environment } = await childEnvironment(room, stack, blueprint, number, targets, own);
  const check = service.healthCheck;
  const [form, ...test] = check?.test ?? (["CMD"] as const);
  const localTest = test.map((word) =>
    substituteOwnAddress(substituteHosts(mapPathsInText(word, blueprint.mappings), targets), own),
  );
  const { health, notice } = await planHealth({
    check: check && { ...check, test: [form, ...localTest] },
    directory: runDirectory,
    environment,
    address: [...own.values()][0],
    ...(probe ? { serverProbe: probe } : {}),
  });
  const launch = {
    command: words,
    directory: runDirectory,
    environment,
    addresses: room.ports.addresses(service, number, blueprint.ports),
    provider: chosen.name,
    because: chosen.because,
    health,
    isRendered: kind === "nginx",
  };
  return { launch, notices: notice === undefined ? notices : [...notices, notice] };
}

async function planKind(
  room: EngineRoom,
  stack: Stack,
  kind: ServerKind,
  request: ServerRequest,
): Promise<ServerLaunch> {
  switch (kind) {
    case "mongo":
      await mkdir(request.dataDirectory("/data/db"), { recursive: true });
      return planMongo(request, room.options.databases);
    case "redis":
      await mkdir(request.dataDirectory("/data"), { recursive: true });
      return planRedis(request, room.options.databases);
    case "nginx":
      return planNginx(room, stack, request);
  }
}

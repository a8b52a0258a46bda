import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ApplyContext, type DevEvent, findService, type PrepareStep, type Service } from "@drydock/core";
import { endEarlierSessions } from "./end-earlier-sessions.ts";
import { type EngineRoom, instanceKey, type Stack } from "./engine-room.ts";
import { cannotPrepare } from "./errors.ts";
import { numbersOf } from "./host-targets.ts";
import { installDependencies } from "./install-dependencies.ts";
import { makeInstance } from "./make-instance.ts";
import { planLaunch } from "./plan-launch.ts";
import type { PlannedLaunch } from "./planned-launch.ts";
import type { MovedPort } from "./port-book.ts";
import { refreshProxies } from "./refresh-proxies.ts";

/** Makes what must exist before services start: ports, volumes, dependencies; and finds what each will run, so that mistakes show before anything starts. */
export async function prepareServices(room: EngineRoom, step: PrepareStep, context: ApplyContext): Promise<void> {
  const { environment, emit, signal } = context;
  await room.once("earlier sessions", () => endEarlierSessions(room, environment, emit, signal));
  const stack = await room.readStack(environment);
  const services = step.services.flatMap((name) => findService(environment, name) ?? []);
  const isStarting = (service: Service) => step.services.includes(service.name);
  const moved = await room.ports.assign(requests(room, stack, isStarting));
  for (const each of moved) emit(movedNotice(room, each));
  await makeVolumes(room, services);
  const planned = await planAll(room, stack, services);
  const plain = planned.filter(({ service }) => !stack.blueprints.get(service.name)?.server);
  const folders = plain.map(({ plan }) => plan.launch.directory);
  await installDependencies(room, environment.directory, folders, emit, signal);
  for (const { service, number, plan } of planned) {
    if (!room.isRunning(service.name, number)) putAside(room, context, service, number, plan);
  }
  await refreshProxies(room, stack, emit);
}

interface PlannedInstance {
  readonly service: Service;
  readonly number: number;
  readonly plan: PlannedLaunch;
}

/** Finds what each instance will run. @throws every reason why one cannot, together, so that all are mended at once */
async function planAll(
  room: EngineRoom,
  stack: Stack,
  services: readonly Service[],
): Promise<readonly PlannedInstance[]> {
  const planned: PlannedInstance[] = [];
  const failures = new Map<string, unknown>();
  for (const service of services) {
    for (const number of numbersOf(service)) {
      try {
        planned.push({ service, number, plan: await planLaunch(room, stack, service.name, number) });
      } catch (error) {
        if (!failures.has(service.name)) failures.set(service.name, error);
      }
    }
  }
  if (failures.size > 0) throw cannotPrepare(failures);
  return planned;
}

/** Every instance of the stack that does not run gets its ports, also of services that are not wanted now: others name them. */
function requests(room: EngineRoom, stack: Stack, isStarting: (service: Service) => boolean) {
  return [...stack.blueprints.values()].flatMap(({ service, ports }) =>
    numbersOf(service)
      .filter((number) => !room.isRunning(service.name, number))
      .map((number) => ({ service, number, targets: ports, isStarting: isStarting(service) })),
  );
}

/** The instance exists from now on and waits for what it needs. */
function putAside(
  room: EngineRoom,
  { environment }: ApplyContext,
  service: Service,
  number: number,
  { launch }: PlannedLaunch,
): void {
  const instance = makeInstance(room, environment, service, number, launch);
  room.instances.set(instanceKey(service.name, number), instance);
  const needs = service.dependencies.map((edge) => edge.service);
  instance.wait(needs.length === 0 ? "is about to start" : `waits for ${needs.join(", ")}`);
}

async function makeVolumes(room: EngineRoom, services: readonly Service[]): Promise<void> {
  const named = services.flatMap(({ mounts }) =>
    mounts.flatMap(({ kind, source }) => (kind === "volume" ? (source ?? []) : [])),
  );
  await Promise.all([...new Set(named)].map((name) => mkdir(join(room.volumesDirectory, name), { recursive: true })));
}

/** Tells that a published port is another one now. */
export function movedNotice(room: EngineRoom, { label, from, to, why }: MovedPort): DevEvent {
  const reason = why === "taken" ? "is taken" : "needs more rights than this user has";
  return {
    kind: "notice",
    at: room.options.clock.now(),
    level: "info",
    message: `${label}: port ${from} ${reason}; it is on ${to}`,
    hint:
      why === "taken"
        ? "`dev doctor` names who holds it; x-dev: { pin: true } makes this an error"
        : "Ports below 1024 belong to root",
  };
}

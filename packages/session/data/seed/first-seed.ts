import {
  type Emit,
  type Environment,
  findService,
  nothingObserved,
  type Observed,
  type Plan,
  type Service,
} from "@drydock/core";
import type { Session } from "../../session.ts";
import { findDatabases } from "../find-databases.ts";
import { dataTarget, isWithin } from "../snapshot/engine.ts";
import { announceSeed, firstDataset, isSeeded, isStarted, seedAfterUp } from "./after-up.ts";
import type { FirstSeed } from "./new-databases.ts";

/**
 * Looks whether `up` is about to start databases that are new, which get their data before services start; others are looked into when the stack is up. `before`:
 * what existed before the stack was prepared.
 */
export async function beginFirstSeed(
  session: Session,
  plan: Plan,
  before: Observed,
  emit: Emit,
  signal: AbortSignal,
): Promise<FirstSeed> {
  const { environment } = session.stack;
  const names = startedDatabases(environment, plan);
  const later = async () => {
    const seeded = await seedAfterUp(session, plan, emit, signal);
    if (seeded) announceSeed(session, seeded, false);
    return seeded;
  };
  if (names.length === 0) return { plan, finish: later };
  if (!names.every((name) => isNew(environment, name, before)))
    return lookMeanwhile(session, plan, names, later, signal);
  const file = await firstDataset(session, () => undefined);
  if (!file) return { plan, finish: later };
  const { seedNewDatabases } = await import("./new-databases.ts");
  return seedNewDatabases(session, { plan, file, databases: names }, emit, signal);
}

/** Most of the time these databases have their data: that is seen while services start, and nobody waits for it at the end. */
function lookMeanwhile(
  session: Session,
  plan: Plan,
  names: readonly string[],
  later: FirstSeed["finish"],
  signal: AbortSignal,
): FirstSeed {
  let hasData = false;
  return {
    plan,
    step: {
      id: "look",
      after: plan.filter((step) => "service" in step && names.includes(step.service)).map(({ id }) => id),
      async run() {
        if (!(await firstDataset(session, () => undefined))) return;
        const databases = findDatabases(session.stack.environment, await session.observe(signal));
        // One that cannot be asked now is asked again.
        hasData = await isSeeded(databases).catch(() => false);
      },
    },
    finish: async () => (hasData ? undefined : later()),
  };
}

function startedDatabases(environment: Environment, plan: Plan): readonly string[] {
  const all = findDatabases(environment, nothingObserved);
  return all.map(({ service }) => service).filter((name) => isStarted(plan, name));
}

/** Its data is in a volume that was not there before. Whatever else may hold data is looked into by the seeding. */
function isNew(environment: Environment, name: string, before: Observed): boolean {
  const service = findService(environment, name);
  const volume = service && dataVolume(service);
  const resource = environment.volumes.find((each) => each.name === volume);
  return resource !== undefined && !before.volumes.includes(resource.engineName);
}

function dataVolume(service: Service): string | undefined {
  const target = dataTarget(service);
  const [mount] = service.mounts
    .filter((each) => isWithin(target, each.target))
    .sort((a, b) => b.target.length - a.target.length);
  return mount?.kind === "volume" ? mount.source : undefined;
}

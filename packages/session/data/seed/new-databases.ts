import { DevError, type Emit, type Plan } from "@drydock/core";
import type { OwnStep } from "../../execute.ts";
import type { Session } from "../../session.ts";
import { snapshotFolder } from "../snapshot/folder.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { restoreInto } from "../snapshot/restore.ts";
import { goOn } from "../snapshot/steps.ts";
import { announceSeed, isStarted, type SeededByUp, seedAfterUp } from "./after-up.ts";
import type { DatasetFile } from "./dataset-files.ts";
import { defaultSeed, startOfDay } from "./defaults.ts";
import { startKeeping } from "./keep-seeded.ts";
import { findKept, type KeptPlan, type KeptSeed, planKept, restoredOutcome } from "./kept-seeds.ts";
import { migrationsOf } from "./migrations.ts";

/** How new databases get their first data while `up` starts the stack. */
export interface FirstSeed {
  /** The plan, in which services wait for the data. */
  readonly plan: Plan;
  /** The seeding, between the databases and the services. */
  readonly step?: OwnStep;
  /** To be called when the plan was carried out: says what was seeded, where something was. */
  finish(): Promise<SeededByUp | undefined>;
}

// What restoring costs beside copying: on Docker the files are reached by a container. A dataset that is made in less is made again.
const restoringMs = { local: 0, docker: 4_000 };

/**
 * The data of new databases is restored from the snapshot of the same seeding. Where there is none, they are seeded before the services start that write to
 * them, so that the snapshot which is then saved has what the dataset made and nothing else.
 */
export async function seedNewDatabases(
  session: Session,
  { plan, file, databases }: { readonly plan: Plan; readonly file: DatasetFile; readonly databases: readonly string[] },
  emit: Emit,
  signal: AbortSignal,
): Promise<FirstSeed> {
  const { environment } = session.stack;
  const migrations = migrationsOf(environment, databases).filter(({ name }) => isStarted(plan, name));
  const order = { seed: defaultSeed, now: startOfDay(session.clock.now()) };
  const kept = await planKept(environment, file, order, migrations);
  const found = await findKept(session, snapshotFolder(session.folder), kept.key, signal);
  const restored = found && (await restoreFirst(session, found, signal));
  if (restored) {
    return {
      plan,
      async finish() {
        announceSeed(session, restored, false);
        return restored;
      },
    };
  }
  return seedInBetween(session, plan, [...databases, ...migrations.map(({ name }) => name)], kept, emit, signal);
}

function seedInBetween(
  session: Session,
  plan: Plan,
  early: readonly string[],
  kept: KeptPlan,
  emit: Emit,
  signal: AbortSignal,
): FirstSeed {
  const isEarly = (step: Plan[number]) => "service" in step && early.includes(step.service);
  let seeded: SeededByUp | undefined;
  let keeping: { readonly isKept: boolean } | undefined;
  const step: OwnStep = {
    id: "seed",
    after: plan.filter(isEarly).map(({ id }) => id),
    async run() {
      seeded = await seedAfterUp(session, plan, emit, signal);
      const { kind } = session.stack.engine.description;
      const isWhole = seeded?.steps.every(({ action }) => action === "make");
      if (seeded && isWhole && seeded.durationMs >= restoringMs[kind])
        keeping = await startKeeping(session, kept, seeded, seeded.durationMs);
    },
  };
  const waiting = plan.map((each) =>
    each.kind === "start" && !isEarly(each) ? { ...each, after: [...each.after, step.id] } : each,
  );
  return {
    plan: waiting,
    step,
    async finish() {
      if (seeded) announceSeed(session, seeded, keeping?.isKept ?? false);
      return seeded;
    },
  };
}

/** Undefined where it is not to be: data is there after all, making it takes no longer, or it failed, which is said. */
async function restoreFirst(session: Session, found: KeptSeed, signal: AbortSignal): Promise<SeededByUp | undefined> {
  const startedAt = session.clock.now();
  if (found.seed.madeMs < restoringMs[session.stack.engine.description.kind]) return undefined;
  try {
    const isDone = await withDataEngine(session, signal, async (engine) => {
      const places = found.manifest.parts.map(({ service }) => engine.files.list(engine.place(service).live));
      if ((await Promise.all(places)).some((names) => names.length > 0)) return false;
      await restoreInto(session, engine, found.manifest, goOn, signal);
      return true;
    });
    return isDone ? { ...restoredOutcome(found), durationMs: session.clock.now() - startedAt } : undefined;
  } catch (error) {
    if (!(error instanceof DevError) || signal.aborted) throw error;
    const message = `The snapshot ${found.manifest.id} was not restored, so the data is made: ${error.message}`;
    session.publish({ kind: "notice", at: session.clock.now(), level: "warning", message });
    return undefined;
  }
}

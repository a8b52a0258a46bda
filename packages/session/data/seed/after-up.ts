import type { Emit, Plan } from "@drydock/core";
import { DevError } from "@drydock/core";
import type { LoadedDataset, SeedOutcome } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import { type DatasetFile, defaultDataset, findDatasets, seedsFolder } from "./dataset-files.ts";
import { describeSeed } from "./describe-seed.ts";
import { makeSeed, requireName } from "./seed.ts";
import { stackTargets } from "./targets.ts";

/** What `up` seeded, and how long that took. */
export type SeededByUp = SeedOutcome & { readonly durationMs: number };

/**
 * Seeds empty databases with the default dataset when `up` has just started them. Once: what was seeded is marked in the databases themselves, also where it
 * was removed since. A mistake in a dataset is a notice, because the stack is up.
 */
export async function seedAfterUp(
  session: Session,
  plan: Plan,
  emit: Emit,
  signal: AbortSignal,
): Promise<SeededByUp | undefined> {
  const { environment } = session.stack;
  const started = new Set(plan.flatMap((step) => (step.kind === "start" ? [step.service] : [])));
  if (started.size === 0) return undefined;
  const file = await firstDataset(session, emit);
  if (!file) return undefined;
  const databases = findDatabases(environment, await session.observe(signal));
  if (!databases.some(({ service, uri }) => uri !== undefined && started.has(service))) return undefined;
  const startedAt = session.clock.now();
  try {
    if (await isSeeded(databases)) return undefined;
    const outcome = await makeSeed(
      session,
      {
        file,
        counts: {},
        only: [],
        reset: false,
        dryRun: false,
        isFirst: true,
        targets(dataset: LoadedDataset) {
          requireName(file, dataset, environment.directory);
          return stackTargets(databases, dataset);
        },
      },
      emit,
      signal,
    );
    if (outcome.steps.every(({ action }) => action === "keep")) return undefined;
    return { ...outcome, durationMs: session.clock.now() - startedAt };
  } catch (error) {
    if (!(error instanceof DevError) || signal.aborted) throw error;
    const { hint } = error;
    const message = `${file.name} was not seeded: ${error.message}`;
    emit({
      kind: "notice",
      at: session.clock.now(),
      level: "warning",
      message,
      ...(hint === undefined ? {} : { hint }),
    });
    return undefined;
  }
}

/** Whether a plan starts a service. */
export const isStarted = (plan: Plan, name: string): boolean =>
  plan.some((step) => step.kind === "start" && step.service === name);

/** The dataset that empty databases begin with; undefined for none. One that is named and is not there is a notice. */
export async function firstDataset(session: Session, emit: Emit): Promise<DatasetFile | undefined> {
  const { environment, settings } = session.stack;
  const wanted = settings.data.seed;
  if (wanted === false) return undefined;
  const file = defaultDataset(await findDatasets(seedsFolder(environment.directory, settings)), wanted);
  if (!file && wanted !== undefined) {
    const message = `dev.config.ts names the dataset "${wanted}", and there is no ${settings.data.seeds}/${wanted}.ts.`;
    emit({ kind: "notice", at: session.clock.now(), level: "warning", message });
  }
  return file;
}

/** Says what was seeded, as a step of `up`. */
export function announceSeed(session: Session, seeded: SeededByUp, isKept: boolean): void {
  const { dataset, durationMs } = seeded;
  const label = `${describeSeed(seeded, durationMs)}${isKept ? " (kept: the next time it is restored)" : ""}`;
  session.publish({ kind: "step", at: session.clock.now(), id: `seed:${dataset}`, label, phase: "done", durationMs });
}

/** At a glance, before a dataset is loaded: most of the time `up` starts databases that have their data. */
export async function isSeeded(databases: readonly StackDatabase[]): Promise<boolean> {
  const mongo = databases.find(({ kind }) => kind === "mongo");
  if (!mongo?.uri) return false;
  const { lookForMarks } = await import("@drydock/databases");
  return (await lookForMarks(mongo.uri, mongo.names[0] ?? "test")) === "done";
}

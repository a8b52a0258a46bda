import type { Emit, Plan } from "@drydock/core";
import { DevError } from "@drydock/core";
import type { SeedOutcome } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import { defaultDataset, findDatasets, seedsFolder } from "./dataset-files.ts";
import { describeSeed } from "./describe-seed.ts";
import { makeSeed, requireName } from "./seed.ts";
import { stackTargets } from "./targets.ts";

/**
 * Seeds empty databases with the default dataset when `up` has just started them, and says so. Once: what was seeded is marked in the
 * databases themselves, also where it was removed since. A mistake in a dataset is a notice, because the stack is up.
 */
export async function seedAfterUp(
  session: Session,
  plan: Plan,
  emit: Emit,
  signal: AbortSignal,
): Promise<(SeedOutcome & { readonly durationMs: number }) | undefined> {
  const { environment, settings } = session.stack;
  const started = new Set(plan.flatMap((step) => (step.kind === "start" ? [step.service] : [])));
  const wanted = settings.data.seed;
  if (wanted === false || started.size === 0) return undefined;
  const files = await findDatasets(seedsFolder(environment.directory, settings));
  const file = defaultDataset(files, wanted);
  if (!file && wanted === undefined) return undefined;
  const databases = findDatabases(environment, await session.observe(signal));
  if (!databases.some(({ service, uri }) => uri !== undefined && started.has(service))) return undefined;
  const notice = (level: "info" | "warning", message: string, hint?: string): void =>
    emit({ kind: "notice", at: session.clock.now(), level, message, ...(hint === undefined ? {} : { hint }) });
  if (!file) {
    notice(
      "warning",
      `dev.config.ts names the dataset "${wanted}", and there is no ${settings.data.seeds}/${wanted}.ts.`,
    );
    return undefined;
  }
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
        targets(dataset) {
          requireName(file, dataset, environment.directory);
          return stackTargets(databases, dataset);
        },
      },
      emit,
      signal,
    );
    if (outcome.steps.every(({ action }) => action === "keep")) return undefined;
    const at = session.clock.now();
    const durationMs = at - startedAt;
    const label = describeSeed(outcome, durationMs);
    emit({ kind: "step", at, id: `seed:${file.name}`, label, phase: "done", durationMs });
    return { ...outcome, durationMs };
  } catch (error) {
    if (!(error instanceof DevError) || signal.aborted) throw error;
    notice("warning", `${file.name} was not seeded: ${error.message}`, error.hint);
    return undefined;
  }
}

/** At a glance, before a dataset is loaded: most of the time `up` starts databases that have their data. */
async function isSeeded(databases: readonly StackDatabase[]): Promise<boolean> {
  const mongo = databases.find(({ kind }) => kind === "mongo");
  if (!mongo?.uri) return false;
  const { lookForMarks } = await import("@drydock/databases");
  return (await lookForMarks(mongo.uri, mongo.names[0] ?? "test")) === "done";
}

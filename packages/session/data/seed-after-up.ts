import type { Emit, Plan } from "@drydock/core";
import { DevError } from "@drydock/core";
import type { SeedOutcome } from "@drydock/databases";
import type { Session } from "../session.ts";
import { defaultDataset, findDatasets } from "./dataset-files.ts";
import { describeSeed } from "./describe-seed.ts";
import { findDatabases } from "./find-databases.ts";
import { makeSeed, requireName } from "./seed.ts";
import { stackTargets } from "./seed-targets.ts";

/**
 * Seeds empty databases with the default dataset when `up` has just started them, and says so. Once: what was seeded is marked in the
 * databases themselves, also where it was removed since. A mistake in a dataset is a notice, because the stack is up.
 */
export async function seedAfterUp(
  session: Session,
  plan: Plan,
  emit: Emit,
  signal: AbortSignal,
): Promise<SeedOutcome | undefined> {
  const { environment, settings } = session.stack;
  const started = new Set(plan.flatMap((step) => (step.kind === "start" ? [step.service] : [])));
  const wanted = settings.data.seed;
  if (wanted === false || started.size === 0) return undefined;
  const files = await findDatasets(environment.directory);
  const file = defaultDataset(files, wanted);
  if (!file && wanted === undefined) return undefined;
  const databases = findDatabases(environment, await session.observe(signal));
  if (!databases.some(({ service, uri }) => uri !== undefined && started.has(service))) return undefined;
  const notice = (level: "info" | "warning", message: string, hint?: string): void =>
    emit({ kind: "notice", at: session.clock.now(), level, message, ...(hint === undefined ? {} : { hint }) });
  if (!file) {
    notice("warning", `dev.config.ts names the dataset "${wanted}", and there is no seeds/${wanted}.ts.`);
    return undefined;
  }
  const startedAt = session.clock.now();
  try {
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
    if (outcome.steps.some(({ action }) => action !== "keep"))
      notice("info", describeSeed(outcome, session.clock.now() - startedAt));
    return outcome;
  } catch (error) {
    if (!(error instanceof DevError) || signal.aborted) throw error;
    notice("warning", `${file.name} was not seeded: ${error.message}`, error.hint);
    return undefined;
  }
}

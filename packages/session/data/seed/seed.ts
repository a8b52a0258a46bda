import { dirname, relative } from "node:path";
import type { Emit } from "@drydock/core";
import type { LoadedDataset, SeedOutcome, SeedTargets, SeedThread } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { SeedRequest } from "../../supervisor.ts";
import { findDatabases } from "../find-databases.ts";
import { tellWork } from "../tell-work.ts";
import { chooseDataset, codeKey, type DatasetFile, seedsFolder } from "./dataset-files.ts";
import { defaultSeed, startOfDay } from "./defaults.ts";
import { datasetName } from "./errors.ts";
import { SeedProgressEvents } from "./progress-events.ts";
import { namedTargets, stackTargets } from "./targets.ts";
import { startSeedThread } from "./thread.ts";

/**
 * Seeds a dataset into the stack's databases, or those that are named. One at a time with everything else that changes the stack.
 * @throws DevError NO_DATASETS, NO_SUCH_DATASET, DATASET_DOES_NOT_LOAD, DATASET_NAME, NO_DATABASE, REMOTE_DATABASE, BAD_TARGET, and those of
 *   `seedDatabases`
 */
export function seed(
  session: Session,
  request: SeedRequest,
  emit: Emit,
  signal: AbortSignal,
  startThread: () => SeedThread = startSeedThread,
): Promise<SeedOutcome> {
  return session.exclusively(async () => {
    const { environment, settings } = session.stack;
    const named = request.dataset ?? (settings.data.seed || undefined);
    const file = await chooseDataset(seedsFolder(environment.directory, settings), named);
    const observed = request.to.length > 0 ? undefined : await session.observe(signal);
    const targets = (dataset: LoadedDataset): SeedTargets => {
      requireName(file, dataset, environment.directory);
      return observed
        ? stackTargets(findDatabases(environment, observed), dataset)
        : namedTargets(request.to, request.allowRemote, dataset);
    };
    const toAll: Emit = (event) => {
      emit(event);
      session.publish(event);
    };
    const make = () => makeSeed(session, { ...request, file, targets, isFirst: false }, toAll, signal, startThread);
    if (request.dryRun) return make();
    const isWhole = observed !== undefined && request.only.length === 0;
    if (!isWhole || !request.useCache) return tellWork(session, `seed ${file.name}`, make);
    const { seedStack } = await import("./seed-stack.ts");
    return tellWork(session, `seed ${file.name}`, () => seedStack(session, request, { file, observed }, make, signal));
  });
}

/** What is seeded, once file and place are known. */
export interface KnownSeed extends Pick<SeedRequest, "counts" | "only" | "reset" | "dryRun" | "seed" | "now"> {
  readonly file: DatasetFile;
  /** See `SeedOrder`. */
  readonly isFirst: boolean;
  targets(dataset: LoadedDataset): SeedTargets;
}

/** Makes documents and writes them, and tells how far it is. @throws DevError those of `seedDatabases` */
export async function makeSeed(
  session: Session,
  known: KnownSeed,
  emit: Emit,
  signal: AbortSignal,
  startThread: () => SeedThread = startSeedThread,
): Promise<SeedOutcome> {
  const { seedDatabases } = await import("@drydock/databases");
  const progress = new SeedProgressEvents(session.clock, emit);
  return seedDatabases(
    {
      file: known.file.path,
      targets: known.targets,
      codeKey: await codeKey(dirname(known.file.path)),
      seed: known.seed ?? defaultSeed,
      now: known.now ?? startOfDay(session.clock.now()),
      counts: known.counts,
      only: known.only,
      reset: known.reset,
      dryRun: known.dryRun,
      isFirst: known.isFirst,
      startWorker: startThread,
      report: progress.take,
    },
    AbortSignal.any([signal, session.ended]),
  );
}

/** @throws DevError DATASET_NAME */
export function requireName(file: DatasetFile, { name }: LoadedDataset, directory: string): void {
  if (name !== file.name) throw datasetName(relative(directory, file.path), name);
}

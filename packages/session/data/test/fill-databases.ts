import { posix } from "node:path";
import type { Emit, Service } from "@drydock/core";
import type { LoadedProject } from "../../load-project.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import type { DatasetFile } from "../seed/dataset-files.ts";
import { defaultSeed, startOfDay } from "../seed/defaults.ts";
import { findKept, type KeptPlan, keepSeed, planKept } from "../seed/kept-seeds.ts";
import { makeSeed, requireName } from "../seed/seed.ts";
import { stackTargets } from "../seed/targets.ts";
import type { SnapshotHome } from "../snapshot/engine.ts";
import { snapshotFolder } from "../snapshot/folder.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { goOn } from "../snapshot/steps.ts";
import type { RunStack } from "./run-stack.ts";

/** A dataset, and what runs before it. */
export interface WantedData {
  readonly project: LoadedProject;
  readonly file: DatasetFile;
  readonly migrations: readonly Service[];
  readonly home: SnapshotHome;
}

/** The dataset that databases have. */
export interface FilledData {
  readonly name: string;
  /** It came from its snapshot. */
  readonly isRestored: boolean;
  readonly tookMs: number;
}

/** Starts databases with the data of a dataset: from its snapshot, or made, and then kept for the next run. @throws DevError as `openTestDatabases` */
export async function fillDatabases(
  stack: RunStack,
  { project, file, migrations, home }: WantedData,
  databases: readonly StackDatabase[],
  emit: Emit,
  signal: AbortSignal,
): Promise<FilledData> {
  const { session } = stack;
  const startedAt = session.clock.now();
  const names = databases.map(({ service }) => service);
  const order = { seed: defaultSeed, now: startOfDay(session.clock.now()) };
  const plan = await planKept(project.environment, file, order, migrations);
  const found = await findKept(session, snapshotFolder(home.folder), plan.key, signal);
  if (found) {
    await withDataEngine(
      session,
      signal,
      async (engine) => {
        const from = (service: string) => posix.join(engine.snapshots, found.manifest.id, service);
        await Promise.all(names.map((name) => engine.files.fill(from(name), engine.place(name).live, signal)));
      },
      home,
    );
    const tookMs = session.clock.now() - startedAt;
    await stack.start(names, signal);
    return { name: file.name, isRestored: true, tookMs };
  }
  const all = [...names, ...migrations.map(({ name }) => name)];
  await stack.prepare(all, signal);
  // A migration need not say that it waits for a database to be ready.
  await stack.start(names, signal);
  await stack.start(all, signal);
  await seedAndKeep(stack, plan, project.environment.directory, databases, home, emit, signal);
  return { name: file.name, isRestored: false, tookMs: session.clock.now() - startedAt };
}

async function seedAndKeep(
  stack: RunStack,
  plan: KeptPlan,
  directory: string,
  databases: readonly StackDatabase[],
  home: SnapshotHome,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const { session } = stack;
  const { file, seed, now } = plan;
  const running = await runningDatabases(stack, databases, signal);
  const startedAt = session.clock.now();
  const outcome = await makeSeed(
    session,
    {
      ...{ file, seed, now, counts: {}, only: [], reset: false, dryRun: false, isFirst: false },
      targets(loaded) {
        requireName(file, loaded, directory);
        return stackTargets(running, loaded);
      },
    },
    emit,
    signal,
  );
  const madeMs = session.clock.now() - startedAt;
  try {
    await withDataEngine(
      session,
      signal,
      (engine) => keepSeed(session, engine, plan, outcome, madeMs, goOn, signal),
      home,
    );
  } catch (error) {
    signal.throwIfAborted();
    const message = `${file.name} was seeded, and not kept for the next run: ${error instanceof Error ? error.message : error}`;
    emit({ kind: "notice", at: session.clock.now(), level: "warning", message });
  }
}

/** The databases as they run, with the names that the project's services use. */
export async function runningDatabases(
  { session }: RunStack,
  databases: readonly StackDatabase[],
  signal: AbortSignal,
): Promise<readonly StackDatabase[]> {
  const found = findDatabases(session.stack.environment, await session.observe(signal));
  return databases.flatMap(({ service, names }) => {
    const running = found.find((each) => each.service === service);
    return running ? [{ ...running, names }] : [];
  });
}

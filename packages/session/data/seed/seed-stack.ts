import { DevError, instancesOf, type Observed } from "@drydock/core";
import { foreignData, type SeedOutcome } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { SeedRequest } from "../../supervisor.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import { snapshotFolder } from "../snapshot/folder.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { restoreInto } from "../snapshot/restore.ts";
import { goOn } from "../snapshot/steps.ts";
import type { DatasetFile } from "./dataset-files.ts";
import { defaultSeed, startOfDay } from "./defaults.ts";
import { startKeeping } from "./keep-seeded.ts";
import { findKept, type KeptPlan, type KeptSeed, planKept, restoredOutcome } from "./kept-seeds.ts";
import { migrationsOf } from "./migrations.ts";

// Servers that run stop and start for a restore, and services lose their connections: it has to be worth that.
const worthwhileMs = { local: 2_000, docker: 8_000 };

/**
 * Seeds the whole dataset into a stack that runs: from the snapshot of the same seeding, where the servers hold nothing that the seeding would not have
 * replaced, and making it takes notably longer; else it is made, and then kept where nobody else writes meanwhile.
 * @throws DevError as `makeSeed`, EXCHANGE_FAILED
 */
export async function seedStack(
  session: Session,
  request: SeedRequest,
  { file, observed }: { readonly file: DatasetFile; readonly observed: Observed },
  make: () => Promise<SeedOutcome>,
  signal: AbortSignal,
): Promise<SeedOutcome> {
  const { environment, engine } = session.stack;
  const databases = findDatabases(environment, observed);
  const names = databases.map(({ service }) => service);
  const migrations = migrationsOf(environment, names).filter(({ name }) =>
    instancesOf(observed, name).some(({ state }) => state === "done"),
  );
  const { seed = defaultSeed, now = startOfDay(session.clock.now()), counts } = request;
  const plan = await planKept(environment, file, { seed, now, counts }, migrations);
  const found = await findKept(session, snapshotFolder(session.folder), plan.key, signal);
  const restored = found && (await restoreWhereRight(session, found, databases, request.reset, signal));
  if (restored) return restored;

  const startedAt = session.clock.now();
  const outcome = await make();
  const madeMs = session.clock.now() - startedAt;
  if (madeMs >= worthwhileMs[engine.description.kind] && isAlone(observed, names))
    await keepWhereWhole(session, plan, outcome, databases, madeMs);
  return outcome;
}

async function restoreWhereRight(
  session: Session,
  found: KeptSeed,
  databases: readonly StackDatabase[],
  isReset: boolean,
  signal: AbortSignal,
): Promise<SeedOutcome | undefined> {
  if (found.seed.madeMs < worthwhileMs[session.stack.engine.description.kind]) return undefined;
  if ((await foreignTo(found.seed.steps, databases, !isReset)) !== undefined) return undefined;
  try {
    await withDataEngine(session, signal, (engine) => restoreInto(session, engine, found.manifest, goOn, signal));
    return restoredOutcome(found);
  } catch (error) {
    if (!(error instanceof DevError) || signal.aborted) throw error;
    const message = `The snapshot ${found.manifest.id} was not restored, so the data is made: ${error.message}`;
    session.publish({ kind: "notice", at: session.clock.now(), level: "warning", message });
    return undefined;
  }
}

async function keepWhereWhole(
  session: Session,
  plan: KeptPlan,
  outcome: SeedOutcome,
  databases: readonly StackDatabase[],
  madeMs: number,
): Promise<void> {
  const isWhole = outcome.steps.every(({ action }) => action === "make" || action === "replace");
  if (isWhole && (await foreignTo(outcome.steps, databases, false)) === undefined)
    await startKeeping(session, plan, outcome, madeMs);
}

/** What the stack's servers hold besides the dataset's own; several servers of a kind are more than one dataset goes to. */
async function foreignTo(
  steps: readonly { readonly kind: "collection" | "keys"; readonly name: string }[],
  databases: readonly StackDatabase[],
  isEmpty: boolean,
): Promise<string | undefined> {
  const [mongo, ...otherMongos] = databases.filter(({ kind }) => kind === "mongo");
  const [redis, ...otherRedises] = databases.filter(({ kind }) => kind === "redis");
  if (otherMongos.length + otherRedises.length > 0 || databases.some(({ uri }) => uri === undefined))
    return "there are servers besides";
  const namesOf = (kind: "collection" | "keys") => steps.filter((step) => step.kind === kind).map(({ name }) => name);
  return foreignData(
    {
      ...(mongo?.uri ? { mongo: { uri: mongo.uri, database: mongo.names[0] ?? "test" } } : {}),
      ...(redis?.uri ? { redis: { uri: `${redis.uri}/${redis.names[0] ?? "0"}` } } : {}),
    },
    { collections: namesOf("collection"), entries: namesOf("keys") },
    isEmpty,
  );
}

/** Nothing runs that could write besides the seeding. */
function isAlone({ instances }: Observed, databases: readonly string[]): boolean {
  const isOver = (state: string) => ["stopped", "done", "failed", "waiting"].includes(state);
  return instances.every(({ service, state }) => databases.includes(service) || isOver(state));
}

import { randomBytes } from "node:crypto";
import { dirname, posix } from "node:path";
import { type Environment, nothingObserved, type Service } from "@drydock/core";
import {
  readSnapshots,
  removeManifest,
  type SeedOutcome,
  type SnapshotManifest,
  type SnapshotSeed,
  shortestSeededTtl,
} from "@drydock/databases";
import type { Session } from "../../session.ts";
import { findDatabases } from "../find-databases.ts";
import { type HeldDatabase, heldDatabases } from "../snapshot/databases.ts";
import type { DataEngine } from "../snapshot/engine.ts";
import { saveInto } from "../snapshot/save.ts";
import type { AtStep } from "../snapshot/steps.ts";
import { codeKey, type DatasetFile } from "./dataset-files.ts";
import { migrationKey } from "./migrations.ts";
import { seedKey } from "./seed-key.ts";

// As many as a person goes back and forth between: two branches, and today's of yesterday's.
const keptOfADataset = 3;

/** A seeding of empty databases, and the key of its outcome. */
export interface KeptPlan {
  readonly file: DatasetFile;
  readonly seed: number;
  readonly now: number;
  readonly key: string;
}

/** What a seeding is known by. `migrations` are the one-shots that ran before it. */
export async function planKept(
  environment: Environment,
  file: DatasetFile,
  { seed, now, counts = {} }: { readonly seed: number; readonly now: number; readonly counts?: SeedCounts },
  migrations: readonly Service[],
): Promise<KeptPlan> {
  const databases = findDatabases(environment, nothingObserved).map(({ service, kind, names }) => {
    const image = environment.services.find(({ name }) => name === service)?.image ?? "";
    return { service, kind, image, names };
  });
  const [code, migrated] = await Promise.all([codeKey(dirname(file.path)), migrationKey(migrations)]);
  const origin = { dataset: file.name, codeKey: code, seed, now, counts, migrations: migrated, databases };
  return { file, seed, now, key: seedKey(origin) };
}

type SeedCounts = Readonly<Record<string, number>>;

/** The newest snapshot of a seeding that the servers of a session's stack can start from; undefined where there is none. */
export async function findKept(
  session: Session,
  manifests: string,
  key: string,
  signal: AbortSignal,
): Promise<KeptSeed | undefined> {
  const all = (await readSnapshots(manifests)).filter((each) => each.key === key && each.seed !== undefined);
  if (all.length === 0) return undefined;
  const databases = await heldDatabases(session, signal);
  const now = new Date(session.clock.now()).toISOString();
  const fits = ({ engine, parts, seed }: SnapshotManifest) =>
    engine === session.stack.engine.description.kind &&
    (seed?.freshUntil === undefined || seed.freshUntil > now) &&
    databases.every((database) => parts.some((part) => part.service === database.service && isSame(part, database)));
  const found = all.findLast(fits);
  return found?.seed ? { manifest: found, seed: found.seed } : undefined;
}

/** A snapshot that seeding saved. */
export interface KeptSeed {
  readonly manifest: SnapshotManifest;
  readonly seed: SnapshotSeed;
}

/** A Redis reads the files of any Redis; an embedded MongoDB and a mongod only their own. */
function isSame(part: SnapshotManifest["parts"][number], { kind, provider }: HeldDatabase): boolean {
  const isEmbedded = (name: string) => name.startsWith("embedded");
  return part.kind === kind && (kind === "redis" || isEmbedded(part.provider) === isEmbedded(provider));
}

/** Saves what a seeding has just made, and removes older ones of the dataset. @throws as `saveInto` */
export async function keepSeed(
  session: Session,
  engine: DataEngine,
  { file, key }: KeptPlan,
  { seed, now, steps }: SeedOutcome,
  madeMs: number,
  at: AtStep,
  signal: AbortSignal,
): Promise<SnapshotManifest> {
  const name = file.name.replaceAll(/[^\w.-]+/g, "-").slice(0, 60);
  const describe = async (): Promise<SnapshotSeed> => ({
    seed,
    now,
    madeMs: Math.round(madeMs),
    steps: steps.map(({ kind, name, count }) => ({ kind, name, count })),
    ...(await freshness(session, signal)),
  });
  const id = `seed-${name}-${randomBytes(3).toString("hex")}`;
  const made = await saveInto(session, engine, { name: id, dataset: file.name, key, seed: describe }, at, signal);
  await pruneKept(engine, file.name);
  return made;
}

/** Until half of the shortest life of a key that was seeded is over: a session that was seeded for an hour should not come back with a minute. */
async function freshness(session: Session, signal: AbortSignal): Promise<{ readonly freshUntil?: string }> {
  const servers = (await heldDatabases(session, signal)).filter(({ kind, uri }) => kind === "redis" && uri);
  const lives = await Promise.all(servers.map(({ uri = "" }) => shortestSeededTtl(uri)));
  const shortest = Math.min(...lives.map((life) => life ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(shortest) ? { freshUntil: new Date(session.clock.now() + shortest / 2).toISOString() } : {};
}

async function pruneKept({ manifests, snapshots, files }: DataEngine, dataset: string): Promise<void> {
  const kept = (await readSnapshots(manifests)).filter((each) => each.key !== undefined && each.dataset === dataset);
  for (const { id } of kept.slice(0, -keptOfADataset)) {
    await removeManifest(manifests, id);
    await files.remove(posix.join(snapshots, id));
  }
}

/** What a restored seeding says of itself, as one that was made does. */
export function restoredOutcome({ manifest, seed }: KeptSeed): SeedOutcome {
  const steps = seed.steps.map((step) => ({
    ...step,
    action: "restore" as const,
    from: 0,
    because: `its snapshot ${manifest.id}`,
    bytes: 0,
    durationMs: 0,
  }));
  return { dataset: manifest.dataset ?? "", seed: seed.seed, now: seed.now, steps };
}

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { nearest } from "@drydock/core";
import { MongoSeedMarks } from "../mongo/seed-marks.ts";
import { RedisSeedMarks } from "../redis/redis-seed-marks.ts";
import { noSuchPart, notSeededHere, seededOtherwise } from "./errors.ts";
import type { SeedOrder, SeedOutcome } from "./seed-order.ts";
import { carryOut, type Seeding } from "./write/carry-out.ts";
import { type FoundPlace, planSeed, type SeedMark, type SeedStep, type WantedPlace } from "./write/plan-seed.ts";
import { WholeMark } from "./write/whole-mark.ts";
import { WorkerLink } from "./write/worker-pool.ts";
import type { LoadedDataset, OpenedDataset } from "./write/worker-protocol.ts";

// Below this, a second thread takes longer to begin than it saves.
const manyDocuments = 20_000;
// Each takes 60 to 90 MB, and a server takes no more than three can give.
const mostWorkers = 3;

/**
 * Seeds a dataset into databases. What an interrupted run left is continued where dataset, seed and counts are the same, else begun again.
 * @throws DevError NOT_SEEDED_HERE, SEEDED_OTHERWISE, NO_SUCH_PART, DOCUMENT_REFUSED, KEY_EXISTS and those of the dataset; the signal's
 *   reason: what was written then is marked, and the next call goes on
 */
export async function seedDatabases(order: SeedOrder, signal: AbortSignal): Promise<SeedOutcome> {
  const first = new WorkerLink(order.startWorker());
  const links = [first];
  let mongo: MongoSeedMarks | undefined;
  let redis: RedisSeedMarks | undefined;
  try {
    const loaded = await first.ask("load", { file: order.file });
    const parts = partsOf(loaded, order);
    const targets = order.targets(loaded);
    if (targets.mongo) mongo = await MongoSeedMarks.open(targets.mongo);
    if (targets.redis) redis = await RedisSeedMarks.open(targets.redis);
    const found = [...((await mongo?.find(parts.collections)) ?? []), ...((await redis?.find(parts.entries)) ?? [])];
    const whole = await WholeMark.read(mongo ?? redis, order, fingerprintOf(order));
    const now = presentOf(order, [...found.map(({ mark }) => mark), whole.before]);
    const options = { seed: order.seed, now, counts: order.counts };
    const opened = await first.ask("open", { options, targets });
    const steps = stepsFor(order, opened, found, whole.isCut);
    const outcome = { dataset: loaded.name, seed: order.seed, now };
    if (order.dryRun) return { ...outcome, steps: steps.map((step) => ({ ...step, bytes: 0, durationMs: 0 })) };

    const total = steps.reduce((sum, { count, from, action }) => sum + (action === "keep" ? 0 : count - from), 0);
    const wanted = order.workers ?? Math.min(mostWorkers, availableParallelism());
    while (total >= manyDocuments && links.length < wanted) links.push(new WorkerLink(order.startWorker()));
    await Promise.all(
      links.slice(1).map(async (link) => {
        await link.ask("load", { file: order.file });
        await link.ask("open", { options, targets });
      }),
    );
    const seeding: Seeding = {
      order,
      loaded,
      opened,
      found,
      now,
      mongo,
      redis,
      links,
      fingerprint: fingerprintOf(order),
    };
    const isThere = steps.every(({ action }) => action === "keep");
    const isWhole = order.only.length === 0 && (!isThere || whole.isCut);
    if (isWhole) await whole.note(loaded.name, now, "running");
    const done = [];
    for (const step of steps) done.push(await carryOut(seeding, step, signal));
    if (isWhole && loaded.hasAfter) await first.ask("after", null);
    if (isWhole) await whole.note(loaded.name, now, "done");
    return { ...outcome, steps: done, ...(isWhole && whole.isCut ? { isContinued: true } : {}) };
  } finally {
    await Promise.all([...links.map((link) => link.close()), mongo?.close(), redis?.close()]);
  }
}

/** What of a dataset is meant. @throws DevError NO_SUCH_PART */
function partsOf({ collections, entries, name }: LoadedDataset, { only, counts }: SeedOrder) {
  const known = [...collections, ...entries];
  for (const part of [...only, ...Object.keys(counts)])
    if (!known.includes(part)) throw noSuchPart(name, part, known, nearest(part, known));
  const isMeant = (part: string): boolean => only.length === 0 || only.includes(part);
  return { collections: collections.filter(isMeant), entries: entries.filter(isMeant) };
}

/** An interrupted run goes on in its own present. */
function presentOf(order: SeedOrder, marks: readonly (SeedMark | undefined)[]): number {
  const fingerprint = fingerprintOf(order);
  const same = marks.filter((mark) => mark?.fingerprint === fingerprint);
  const running = same.find((mark) => mark?.state === "running") ?? same[0];
  return order.reset ? order.now : (running?.now ?? order.now);
}

/** @throws DevError NOT_SEEDED_HERE, SEEDED_OTHERWISE */
function stepsFor(
  order: SeedOrder,
  opened: OpenedDataset,
  found: readonly FoundPlace[],
  isCut: boolean,
): readonly SeedStep[] {
  const fingerprint = fingerprintOf(order);
  const wanted: readonly WantedPlace[] = [...opened.collections, ...opened.entries].map(({ name, count }) => ({
    name,
    count,
    fingerprint,
  }));
  if (order.isFirst && !isCut && !isUntouched(found, fingerprint)) return wanted.map((place) => keep(place, found));
  const { steps, obstacles } = planSeed(wanted, found, order.reset);
  if (obstacles.foreign.length > 0) throw notSeededHere(obstacles.foreign);
  const [other] = obstacles.otherwise;
  if (other)
    throw seededOtherwise(
      obstacles.otherwise.map(({ name }) => name),
      other.before,
    );
  return steps;
}

function isUntouched(found: readonly FoundPlace[], fingerprint: string): boolean {
  const marks = found.map(({ mark }) => mark);
  if (marks.some((mark) => mark?.state === "running" && mark.fingerprint === fingerprint)) return true;
  return found.every(({ isEmpty, mark }) => isEmpty && !mark);
}

function keep({ name, count }: WantedPlace, found: readonly FoundPlace[]): SeedStep {
  const kind = found.find((place) => place.name === name)?.kind ?? "collection";
  return { kind, name, count, action: "keep", from: 0, because: "the databases are not empty" };
}

function fingerprintOf({ codeKey, seed, counts }: SeedOrder): string {
  const sorted = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([codeKey, seed, sorted]))
    .digest("hex")
    .slice(0, 32);
}

import type { MongoSeedMarks } from "../../mongo/seed-marks.ts";
import type { RedisSeedMarks } from "../../redis/redis-seed-marks.ts";
import { notSeededHere } from "../errors.ts";
import type { SeedOrder } from "../seed-order.ts";
import type { FoundPlace, SeedMark, SeedStep } from "./plan-seed.ts";
import type { WorkerLink } from "./worker-pool.ts";
import type { LoadedDataset, OpenedDataset } from "./worker-protocol.ts";
import { writeRanges } from "./write-ranges.ts";

/** A seeding under way. */
export interface Seeding {
  readonly order: SeedOrder;
  readonly loaded: LoadedDataset;
  readonly opened: OpenedDataset;
  readonly found: readonly FoundPlace[];
  readonly now: number;
  readonly fingerprint: string;
  readonly mongo: MongoSeedMarks | undefined;
  readonly redis: RedisSeedMarks | undefined;
  readonly links: readonly WorkerLink[];
}

// What a kill makes the next run write twice is at most this long.
const markEveryMs = 500;

/** Carries out one step, and marks how far it is. @throws as `seedDatabases` */
export async function carryOut(seeding: Seeding, step: SeedStep, signal: AbortSignal) {
  const startedAt = performance.now();
  signal.throwIfAborted();
  if (step.action === "keep") return { ...step, bytes: 0, durationMs: 0 };
  const isOurs = await clear(seeding, step);
  const { name, count, from, kind } = step;
  const marks = kind === "collection" ? seeding.mongo : seeding.redis;
  const note = (state: SeedMark["state"], done: number): Promise<void> =>
    marks ? marks.note(markOf(seeding, step, isOurs, state, done)) : Promise.resolve();
  await note("running", from);

  let marking: Promise<unknown> = Promise.resolve();
  let markedAt = performance.now();
  const range = {
    method: kind === "collection" ? "insert" : "keys",
    name,
    from,
    to: count,
    mayExist: step.action !== "make",
  } as const;
  let last = from;
  try {
    const { bytes } = await writeRanges(
      seeding.links,
      range,
      ({ done, written }) => {
        seeding.order.report({ name, done: from + written, total: count });
        last = done;
        if (performance.now() - markedAt < markEveryMs) return;
        markedAt = performance.now();
        marking = marking.then(() => note("running", done)).catch(() => undefined);
      },
      signal,
    );
    await marking;
    await note("done", count);
    return { ...step, bytes, durationMs: performance.now() - startedAt };
  } catch (error) {
    await marking;
    // Best effort: the mark of half a second ago is as true.
    await note("running", last).catch(() => undefined);
    throw error;
  }
}

/** Removes what the step says, and makes the collection. Whether the collection is seeding's own. */
async function clear(
  { mongo, redis, links, found, opened }: Seeding,
  { kind, name, action }: SeedStep,
): Promise<boolean> {
  const place = found.find((each) => each.kind === kind && each.name === name);
  if (kind === "keys") {
    if (action === "again" || action === "replace") await redis?.empty(name);
    return true;
  }
  if (action === "replace") await mongo?.empty(name, place?.mark);
  if (action === "again" && place?.mark) {
    const hasPlainIds = opened.collections.find((each) => each.name === name)?.hasPlainIds ?? false;
    const isEmpty = await mongo?.emptyOwn(name, place.mark, hasPlainIds);
    if (isEmpty === false) throw notSeededHere([name]);
  }
  const wasMade = (await links[0]?.ask("prepare", { collection: name })) ?? false;
  return wasMade || (place?.mark?.isOurs ?? false);
}

function markOf(
  { loaded, order, now, fingerprint }: Seeding,
  { name, count }: SeedStep,
  isOurs: boolean,
  state: SeedMark["state"],
  done: number,
): SeedMark {
  return { name, dataset: loaded.name, seed: order.seed, now, count, fingerprint, state, done, isOurs };
}

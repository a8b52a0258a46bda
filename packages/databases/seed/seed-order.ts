import type { SeedStep } from "./write/plan-seed.ts";
import type { SeedThread } from "./write/worker-pool.ts";
import type { LoadedDataset, SeedTargets } from "./write/worker-protocol.ts";

/** What to seed, where, and how. */
export interface SeedOrder {
  /** The dataset's file. */
  readonly file: string;
  /** Where it goes: asked once it is known what the dataset has. @throws DevError where that cannot be */
  targets(dataset: LoadedDataset): SeedTargets;
  /** What its code is: the same text for the same code. */
  readonly codeKey: string;
  readonly seed: number;
  /** Milliseconds since the epoch. Where an interrupted run is continued, its own counts. */
  readonly now: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Empty: all collections and entries. */
  readonly only: readonly string[];
  readonly reset: boolean;
  readonly dryRun: boolean;
  /** Only where nothing is yet: all is kept where a collection has documents, or was seeded before; an interrupted run goes on. */
  readonly isFirst: boolean;
  /** Makes a thread in which `serveSeedWorker` answers. */
  startWorker(): SeedThread;
  /** Undefined: as many as the machine has cores, three at most: making documents takes longer than writing them. */
  readonly workers?: number;
  report(progress: SeedProgress): void;
}

/** How far one collection, or one entry of Redis, is. */
export interface SeedProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** What was done, or would be. */
export interface SeedOutcome {
  readonly dataset: string;
  readonly seed: number;
  readonly now: number;
  readonly steps: readonly (SeedStep & { readonly bytes: number; readonly durationMs: number })[];
  /** A run of the same was interrupted before its end, and this one brought it there; where all steps are kept, by doing the dataset's `after` again. */
  readonly isContinued?: true;
}

/** What is known of what was seeded into a collection, or by an entry of Redis: the marker. */
export interface SeedMark {
  readonly name: string;
  readonly dataset: string;
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly count: number;
  /** Of the dataset's code, its seed and its counts. */
  readonly fingerprint: string;
  readonly state: "running" | "done";
  /** All before this index are written. */
  readonly done: number;
  /** Seeding made the collection. */
  readonly isOurs: boolean;
}

/** A collection, or an entry of Redis, as it is found. */
export interface FoundPlace {
  readonly kind: "collection" | "keys";
  readonly name: string;
  readonly isEmpty: boolean;
  readonly mark: SeedMark | undefined;
}

/** What is to be done with it, and why. */
export interface SeedStep {
  readonly kind: "collection" | "keys";
  readonly name: string;
  readonly count: number;
  /** `make`: nothing is there; `continue`: from `from` on; `again`: what an interrupted run left is removed first; `replace`: all that is there is; `keep`: it is there already; `restore`: it comes from a snapshot. */
  readonly action: "make" | "continue" | "again" | "replace" | "keep" | "restore";
  readonly from: number;
  readonly because: string;
}

/** What stands in the way. */
export interface SeedObstacles {
  /** They have documents that seeding did not make. */
  readonly foreign: readonly string[];
  /** They were seeded otherwise; what with, in words. */
  readonly otherwise: readonly { readonly name: string; readonly before: string }[];
}

/** What is wanted of a collection or an entry. */
export interface WantedPlace {
  readonly name: string;
  readonly count: number;
  readonly fingerprint: string;
}

/** Compares what is wanted with what is there. Touches nothing. */
export function planSeed(
  wanted: readonly WantedPlace[],
  found: readonly FoundPlace[],
  reset: boolean,
): { readonly steps: readonly SeedStep[]; readonly obstacles: SeedObstacles } {
  const steps: SeedStep[] = [];
  const foreign: string[] = [];
  const otherwise: { name: string; before: string }[] = [];
  for (const place of found) {
    const want = wanted.find(({ name }) => name === place.name);
    if (!want) continue;
    const { mark, kind, name } = place;
    const step = (action: SeedStep["action"], because: string, from = 0): void => {
      steps.push({ kind, name, count: want.count, action, from, because });
    };
    const isSame = mark?.fingerprint === want.fingerprint;
    if (place.isEmpty && (!mark || kind === "collection" || reset)) step("make", "it is empty");
    else if (reset) step("replace", "--reset");
    else if (!mark) foreign.push(name);
    else if (mark.state === "running" && isSame)
      step("continue", `it was interrupted at ${mark.done} of ${mark.count}`, mark.done);
    else if (mark.state === "running") step("again", `it was interrupted, and then ${differenceOf(mark, want)}`);
    else if (isSame) step("keep", "it was seeded so already");
    else otherwise.push({ name, before: `${mark.dataset}, seed ${mark.seed}, ${mark.count}` });
  }
  return { steps, obstacles: { foreign, otherwise } };
}

function differenceOf(mark: SeedMark, want: WantedPlace): string {
  return mark.count === want.count ? "the dataset or its seed changed" : `its count became ${want.count}`;
}

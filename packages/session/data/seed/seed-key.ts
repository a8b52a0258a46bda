import { createHash } from "node:crypto";

/** What decides the data that a seeding of empty databases ends with. */
export interface SeedOrigin {
  readonly dataset: string;
  /** See `codeKey`. */
  readonly codeKey: string;
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly counts: Readonly<Record<string, number>>;
  /** See `migrationKey`. */
  readonly migrations: string;
  /** Of each database server: its service, its kind, its image and the names that documents and keys go to. */
  readonly databases: readonly {
    readonly service: string;
    readonly kind: "mongo" | "redis";
    readonly image: string;
    readonly names: readonly string[];
  }[];
}

/** The same text for the same origin: what a snapshot is found by. */
export function seedKey({ counts, ...origin }: SeedOrigin): string {
  const sorted = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  const { dataset, codeKey, seed, now, migrations, databases } = origin;
  return createHash("sha256")
    .update(JSON.stringify([version, dataset, codeKey, seed, now, sorted, migrations, databases]))
    .digest("hex")
    .slice(0, 32);
}

// Raised when the same origin begins to give other data.
const version = 1;

import type { MeasuredDatabase, SnapshotManifest } from "@drydock/databases";

/** What there is of data now. */
export interface DataOverview {
  readonly databases: readonly DatabaseOverview[];
  readonly datasets: readonly DatasetOverview[];
  /** The newest first. */
  readonly snapshots: readonly SnapshotManifest[];
  /** The current one first, then by name. */
  readonly branches: readonly BranchOverview[];
}

/** A database server of the stack. */
export interface DatabaseOverview {
  readonly service: string;
  readonly kind: "mongo" | "redis";
  /** `embedded MongoDB`, `image mongo:8`; empty while nothing of it exists. */
  readonly provider: string;
  readonly isRunning: boolean;
  readonly databases: readonly MeasuredDatabase[];
  /** Why its sizes are not known although it runs. */
  readonly problem?: string;
}

export interface DatasetOverview {
  readonly name: string;
  /** It is taken where none is named. */
  readonly isDefault: boolean;
  /** Some of it is in a database now. */
  readonly isSeeded: boolean;
}

export interface BranchOverview {
  readonly name: string;
  readonly isCurrent: boolean;
  /** Milliseconds since the epoch; 0: the one that the data began with. */
  readonly madeAt: number;
  readonly parent?: string;
  readonly gitBranch?: string;
  /** Its git branch does not exist any more. */
  readonly isGone: boolean;
}

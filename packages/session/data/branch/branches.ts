/** The named copies of a project's data. The current one is where the servers read; the others lie beside it. */
export interface Branches {
  readonly current: string;
  readonly previous?: string;
  readonly branches: Readonly<Record<string, BranchRecord>>;
}

export interface BranchRecord {
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** The branch whose data it began with. */
  readonly parent?: string;
  /** The git branch that it belongs to: `prune` removes it when that is gone. */
  readonly gitBranch?: string;
}

/** What a switch did. */
export interface BranchSwitch {
  readonly from: string;
  readonly to: string;
  /** It is new, and began with the data of `from`. */
  readonly isNew: boolean;
}

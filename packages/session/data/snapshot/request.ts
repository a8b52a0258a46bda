import type { SnapshotManifest } from "@drydock/databases";
import type { Branches, BranchSwitch } from "../branch/branches.ts";
import type { SnapshotDifference } from "./difference.ts";

/** What can be done with copies of the data, each with what it is asked with and what it answers. All of it is the supervisor's to do. */
export interface SnapshotActs {
  readonly save: { readonly request: { readonly name?: string }; readonly result: SnapshotManifest };
  readonly restore: {
    /** `name` undefined: the newest. */
    readonly request: { readonly name?: string; readonly dryRun: boolean };
    readonly result: SnapshotManifest;
  };
  readonly remove: {
    readonly request: { readonly names: readonly string[]; readonly dryRun: boolean };
    readonly result: readonly SnapshotManifest[];
  };
  readonly diff: {
    /** `to` undefined: the data of now. */
    readonly request: { readonly from: string; readonly to?: string };
    readonly result: SnapshotDifference;
  };
  readonly branch: { readonly request: { readonly name: string }; readonly result: BranchSwitch };
  readonly prune: { readonly request: { readonly dryRun: boolean }; readonly result: readonly string[] };
  readonly branches: { readonly request: Record<string, never>; readonly result: Branches };
}

export type SnapshotAct = keyof SnapshotActs;

import type { GroupDifference } from "@drydock/databases";

/** What two copies of the data have different. */
export interface SnapshotDifference {
  readonly from: string;
  /** `now` for the data of now. */
  readonly to: string;
  readonly parts: readonly PartDifference[];
}

/** The differences of one server's data. */
export interface PartDifference {
  readonly service: string;
  /** Those collections and Redis databases that have a difference. */
  readonly groups: readonly GroupDifference[];
}

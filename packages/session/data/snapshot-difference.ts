/** What two copies of the data have different. */
export interface SnapshotDifference {
  readonly from: string;
  readonly to: string;
  readonly parts: readonly PartDifference[];
}

/** The differences of one server's data. */
export interface PartDifference {
  readonly service: string;
  /** `shop.orders`; for Redis `database 0`. Only those with a difference. */
  readonly groups: readonly GroupDifference[];
}

/** The differences of one collection, or of one Redis database. */
export interface GroupDifference {
  readonly name: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** As Extended JSON, a few of each kind. */
  readonly samples: readonly DifferenceSample[];
  readonly addedIndexes: readonly string[];
  readonly removedIndexes: readonly string[];
}

export interface DifferenceSample {
  readonly kind: "added" | "removed" | "changed";
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

import type { SerializedError } from "@drydock/core";
import type {
  BackupActs,
  BranchOverview,
  DatabaseOverview,
  DataOverview,
  DatasetOverview,
  SnapshotActs,
} from "@drydock/session";

/** What is known of the stack's data, and what is shown of it. */
export interface DataViewState {
  readonly overview: DataOverview | undefined;
  readonly error: SerializedError | undefined;
  /** Listed apart: they may lie far away. Undefined before that. */
  readonly backups: BackupList | undefined;
  /** Why they could not be listed. */
  readonly backupsError: SerializedError | undefined;
  readonly isReading: boolean;
  /** When it was read last, in milliseconds since the epoch. */
  readonly readAt: number;
  /** Work under way, whoever asked for it, by its id: its label and when it began. */
  readonly works: ReadonlyMap<string, { readonly label: string; readonly startedAt: number }>;
  /** The row under the cursor; undefined: the first one that can be chosen. */
  readonly cursor: string | undefined;
  /** Rows above the screen. */
  readonly top: number;
}

/** Before anything was read. */
export const unreadData: DataViewState = {
  overview: undefined,
  error: undefined,
  backups: undefined,
  backupsError: undefined,
  isReading: false,
  readAt: 0,
  works: new Map(),
  cursor: undefined,
  top: 0,
};

/** A snapshot as it is listed. */
export type Snapshot = SnapshotActs["save"]["result"];

/** The backups of a place. */
export type BackupList = BackupActs["list"]["result"];

/** One row of the data's list. Those with a `key` can be chosen. */
export type DataRow =
  | { readonly kind: "title"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "database"; readonly key: string; readonly server: DatabaseOverview; readonly index: number }
  | { readonly kind: "dataset"; readonly key: string; readonly dataset: DatasetOverview }
  | { readonly kind: "snapshot"; readonly key: string; readonly snapshot: Snapshot }
  | { readonly kind: "backup"; readonly key: string; readonly backup: BackupList["backups"][number] }
  | { readonly kind: "branch"; readonly key: string; readonly branch: BranchOverview };

/** The list, top to bottom; empty before it was read. */
export function dataRows({ overview, backups, backupsError }: DataViewState): readonly DataRow[] {
  if (!overview) return [];
  const { databases, datasets, snapshots, branches } = overview;
  return [
    ...section(
      "Databases",
      "no MongoDB or Redis in this stack",
      databases.flatMap((server) =>
        // A server has a row for each of its databases, and one where it has none.
        (server.databases.length === 0 ? [0] : server.databases.map((_, index) => index)).map(
          (index): DataRow => ({ kind: "database", key: `database ${server.service} ${index}`, server, index }),
        ),
      ),
    ),
    ...section(
      "Datasets",
      "none: seeds/demo.ts is where one would be, or `dev seed infer` writes one",
      datasets.map((dataset): DataRow => ({ kind: "dataset", key: `dataset ${dataset.name}`, dataset })),
    ),
    ...section(
      `Snapshots${snapshots.length > 1 ? ` ${snapshots.length}` : ""}`,
      "none yet: n saves one",
      snapshots.map((snapshot): DataRow => ({ kind: "snapshot", key: `snapshot ${snapshot.id}`, snapshot })),
    ),
    ...section(
      "Branches",
      "",
      branches.map((branch): DataRow => ({ kind: "branch", key: `branch ${branch.name}`, branch })),
    ),
    ...section(
      backups ? `Backups  in ${backups.place}` : "Backups",
      backupsError?.message ?? (backups ? "none yet: u makes one" : "asking for them"),
      // The newest first.
      [...(backups?.backups ?? [])]
        .reverse()
        .map((backup): DataRow => ({ kind: "backup", key: `backup ${backup.id}`, backup })),
    ),
  ];
}

const section = (title: string, nothing: string, rows: readonly DataRow[]): readonly DataRow[] => [
  { kind: "title", text: title },
  ...(rows.length > 0 ? rows : [{ kind: "note", text: nothing } as const]),
];

/** What tells a row from others; undefined for one that cannot be chosen. */
export const rowKey = (row: DataRow): string | undefined => ("key" in row ? row.key : undefined);

/** The index of the row under the cursor; -1 where none can be chosen. One that is gone gives its place to the first. */
export function cursorRow(rows: readonly DataRow[], cursor: string | undefined): number {
  const found = cursor === undefined ? -1 : rows.findIndex((row) => rowKey(row) === cursor);
  return found >= 0 ? found : rows.findIndex((row) => rowKey(row) !== undefined);
}

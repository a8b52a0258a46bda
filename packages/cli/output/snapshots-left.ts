import type { SnapshotActs } from "@drydock/session";

/** The end of "nothing of the project is left" where its data was removed and copies of it were not: who wanted them, and how they go. */
export function snapshotsLeft(snapshots: readonly SnapshotActs["save"]["result"][]): string {
  const kept = snapshots.filter(({ key }) => key !== undefined);
  const saved = snapshots.length - kept.length;
  if (snapshots.length === 0) return "";
  if (saved > 0) {
    const ofThem = kept.length === 0 ? "" : `, and ${keptSeedings(kept)}`;
    return ` but ${saved} ${saved === 1 ? "snapshot" : "snapshots"}${ofThem} (dev snapshot list)`;
  }
  const [it, goes] = kept.length === 1 ? ["which seeds new databases", "it"] : ["which seed new databases", "them"];
  return ` but ${keptSeedings(kept)}, ${it} again at once (\`dev snapshot rm ${kept.map(({ id }) => id).join(" ")}\` removes ${goes})`;
}

function keptSeedings(kept: readonly SnapshotActs["save"]["result"][]): string {
  const names = [...new Set(kept.map(({ dataset = "" }) => dataset))].join(", ");
  return kept.length === 1 ? `the kept seeding of ${names}` : `${kept.length} kept seedings of ${names}`;
}

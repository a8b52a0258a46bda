import type { SnapshotActs } from "@drydock/session";
import { formatBytes } from "./bytes.ts";
import type { Paint } from "./paint.ts";

/** Snapshots as a table for people, the newest last. */
export function snapshotTable(snapshots: readonly SnapshotActs["save"]["result"][], paint: Paint): string {
  if (snapshots.length === 0) return "There is no snapshot yet. `dev snapshot save` makes one.\n";
  const rows = snapshots.map((each) => [
    each.id,
    new Date(each.createdAt).toLocaleString("sv-SE"),
    formatBytes(each.bytes).padStart(8),
    [each.gitBranch, each.gitCommit?.slice(0, 7)].filter((word) => word !== undefined).join(" @ "),
    each.dataset === undefined ? "" : `dataset ${each.dataset}${each.key === undefined ? "" : ", saved by seeding"}`,
    each.parts.map(({ service }) => service).join(" "),
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map(([id = "", ...cells]) => {
      const rest = cells.map((cell, index) => cell.padEnd(widths[index + 1] ?? 0)).filter((cell) => cell !== "");
      return `  ${paint("bold", id.padEnd(widths[0] ?? 0))}  ${rest.join("  ")}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}

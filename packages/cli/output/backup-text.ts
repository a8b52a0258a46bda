import type { BackupActs } from "@drydock/session";
import { formatBytes } from "./bytes.ts";
import { formatDuration } from "./duration.ts";
import type { Paint } from "./paint.ts";

type Made = BackupActs["run"]["result"];
type Listed = BackupActs["list"]["result"];

/** What was backed up, how consistent it is, and what else happened. */
export function madeText({ place, manifest, recovered, pruned }: Made, paint: Paint): string {
  const notes = recovered.map((sentence) => `  ${paint("yellow", sentence)}\n`).join("");
  const parts = manifest.databases
    .map(
      (database) =>
        `  ${paint("bold", database.service)}  ${holdings(database)}\n    ${paint("dim", database.consistencyDetail)}\n`,
    )
    .join("");
  const sealed = manifest.encryption
    ? `, encrypted for ${count(manifest.encryption.recipients.length, "recipient")}`
    : "";
  const gone = pruned.length === 0 ? "" : `  ${count(pruned.length, "older backup")} went: ${pruned.join(", ")}\n`;
  return `${notes}${paint("green", `Backed up ${manifest.id}`)} in ${formatDuration(manifest.tookMs)}: ${formatBytes(manifest.bytes)}${sealed}, in ${place}\n${parts}${gone}`;
}

/** Backups as a table, the newest last. */
export function backupTable({ place, backups }: Listed, paint: Paint): string {
  if (backups.length === 0) return `There is no backup in ${place} yet. \`dev backup run\` makes one.\n`;
  const rows = backups.map(({ id, manifest, problem, verified }) => {
    if (!manifest) return [id, paint("red", problem ?? ""), "", "", ""];
    const state = verified
      ? verified.ok
        ? `verified ${local(verified.at)}`
        : paint("red", `failed ${local(verified.at)}: ${verified.detail}`)
      : paint("yellow", "never verified");
    return [
      id,
      local(manifest.createdAt),
      formatBytes(manifest.bytes).padStart(8),
      `${manifest.databases.map(holdings).join(", ")}${manifest.encryption ? ", encrypted" : ""}`,
      state,
    ];
  });
  return `${place}\n${columns(rows)}`;
}

/** What a restore replaces: `shop.orders  2,010 -> 2,000`. */
export function changeTable({ id, changes }: BackupActs["restore"]["result"], paint: Paint): string {
  const rows = changes.map(({ service, name, now, becomes }) => [
    service,
    name,
    now === undefined ? "-" : now.toLocaleString("en"),
    becomes === undefined ? paint("red", "-> removed") : `-> ${becomes.toLocaleString("en")}`,
  ]);
  return `From ${id} (documents and keys, now -> then):\n${columns(rows)}`;
}

/** What stays and what goes, with the reasons. */
export function keepTable({ place, decisions, dryRun }: BackupActs["prune"]["result"], paint: Paint): string {
  if (decisions.length === 0) return `There is no backup in ${place}.\n`;
  const goes = dryRun ? "would go" : "went";
  const rows = decisions.map(({ id, isKept, because }) => [
    id,
    isKept ? paint("green", "stays") : paint("red", goes),
    paint("dim", because),
  ]);
  const removed = decisions.filter(({ isKept }) => !isKept).length;
  const end = dryRun ? "Nothing was changed." : `${count(removed, "backup")} removed.`;
  return `${place}\n${columns(rows)}${end}\n`;
}

function holdings(database: Made["manifest"]["databases"][number]): string {
  if (database.kind === "redis")
    return count(
      database.keyspaces.reduce((sum, { keys }) => sum + keys, 0),
      "key",
    );
  return count(
    database.collections.reduce((sum, { documents }) => sum + documents, 0),
    "document",
  );
}

const count = (number: number, word: string): string =>
  `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
const local = (time: string): string => new Date(time).toLocaleString("sv-SE");

/** Pads what has no colour; the last cell is as long as it is. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  return rows
    .map((row) => row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell))).join("  "))
    .map((line) => `  ${line.trimEnd()}\n`)
    .join("");
}

const widthOf = (cell: string): number => cell.replaceAll(/\u001b\[[\d;]*m/g, "").length;

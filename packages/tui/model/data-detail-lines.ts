import type { DashboardState } from "../state/dashboard-state.ts";
import type { DataRow } from "../state/data-view.ts";
import { chosenRow } from "../state/move-data.ts";
import { type Line, span, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { durationText, sizeText } from "./amounts.ts";

const labelWidth = 11;

/** The side of the data's list in a wide terminal: all that is known of the row under the cursor. */
export function dataDetailLines(state: DashboardState, width: number): readonly Line[] {
  const row = chosenRow(state);
  if (!row) return [];
  const fields = fieldsOf(row).filter(([, text]) => text !== "");
  return fields.flatMap(([label, text]) =>
    wrapLine([span(label.padEnd(labelWidth), "dim"), span(neutralise(text))], width, labelWidth),
  );
}

function fieldsOf(row: DataRow): readonly (readonly [label: string, text: string])[] {
  switch (row.kind) {
    case "database": {
      const { server, index } = row;
      const database = server.databases[index];
      return [
        ["server", server.service],
        ["runs as", server.provider],
        ["database", database?.name ?? ""],
        ["holds", database?.holds ?? ""],
        ["size", database && database.bytes > 0 ? `${sizeText(database.bytes)} (${exact(database.bytes)} bytes)` : ""],
        ["seeded", database?.datasets.join(", ") ?? ""],
        ["problem", server.problem ?? ""],
      ];
    }
    case "dataset":
      return [
        ["dataset", row.dataset.name],
        ["default", row.dataset.isDefault ? "yes" : "no"],
        ["seeded", row.dataset.isSeeded ? "yes" : "no"],
      ];
    case "snapshot": {
      const { id, createdAt, tookMs, bytes, parts, dataset, dataBranch, gitBranch, gitCommit, engine } = row.snapshot;
      return [
        ["snapshot", id],
        ["made", new Date(createdAt).toLocaleString("sv-SE")],
        ["took", durationText(tookMs)],
        ["size", `${sizeText(bytes)} (${exact(bytes)} bytes)`],
        ...parts.map((part) => ["", `${part.service}  ${sizeText(part.bytes)}  ${part.provider}`] as const),
        ["dataset", dataset ?? ""],
        ["data branch", dataBranch ?? ""],
        ["git", [gitBranch, gitCommit?.slice(0, 12)].filter((word) => word !== undefined).join(" at ")],
        ["engine", engine],
      ];
    }
    case "backup": {
      const { id, manifest, problem, verified } = row.backup;
      const verdict =
        verified &&
        `${new Date(verified.at).toLocaleString("sv-SE")}, ${verified.ok ? "whole" : "not whole"}: ${verified.detail}`;
      return [
        ["backup", id],
        ["problem", problem ?? ""],
        ["made", manifest ? new Date(manifest.createdAt).toLocaleString("sv-SE") : ""],
        ["took", manifest ? durationText(manifest.tookMs) : ""],
        ["size", manifest ? `${sizeText(manifest.bytes)} (${exact(manifest.bytes)} bytes)` : ""],
        ["verified", verdict ?? "not yet"],
        ["encrypted", manifest?.encryption ? `age, for ${manifest.encryption.recipients.length}` : "no"],
        ["data branch", manifest?.dataBranch ?? ""],
        [
          "git",
          [manifest?.gitBranch, manifest?.gitCommit?.slice(0, 12)].filter((word) => word !== undefined).join(" at "),
        ],
      ];
    }
    case "branch": {
      const { name, isCurrent, parent, gitBranch, isGone, madeAt } = row.branch;
      return [
        ["branch", name],
        ["current", isCurrent ? "yes" : "no"],
        ["made", madeAt === 0 ? "" : new Date(madeAt).toLocaleString("sv-SE")],
        ["from", parent ?? ""],
        ["git branch", gitBranch === undefined ? "" : `${gitBranch}${isGone ? " (gone)" : ""}`],
      ];
    }
    case "title":
    case "note":
      return [];
  }
}

const exact = (bytes: number): string => bytes.toLocaleString("en");

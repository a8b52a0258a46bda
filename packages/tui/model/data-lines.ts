import type { DashboardState } from "../state/dashboard-state.ts";
import { cursorRow, type DataRow } from "../state/data-view.ts";
import { rowsOfData } from "../state/move-data.ts";
import { cellWidth, fitText } from "../text/fit-text.ts";
import { fitLine, type Line, type Span, span } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { ageText, sizeText } from "./amounts.ts";

const sizeWidth = 6;
const ageWidth = 13;

/** The data's list: databases, datasets, snapshots and branches, each under its title; the part with the cursor. */
export function dataLines(state: DashboardState, width: number, height: number): readonly Line[] {
  const { overview, error, top, cursor } = state.data;
  if (!overview) {
    const text = error ? neutralise(error.message) : "asking for the data";
    return [fitLine([span(` ${text}`, error ? "bad" : "dim")], width, state.glyphs.ellipsis)];
  }
  const rows = rowsOfData(state);
  const chosen = cursorRow(rows, cursor);
  const names = rows.map((row) => cellWidth(nameOf(row)));
  const nameWidth = Math.min(width < 60 ? 18 : 34, Math.max(10, ...names));
  return rows
    .slice(top, top + height)
    .map((row, index) =>
      fitLine(rowLine(state, row, top + index === chosen, nameWidth, width), width, state.glyphs.ellipsis),
    );
}

function rowLine(state: DashboardState, row: DataRow, isChosen: boolean, nameWidth: number, width: number): Line {
  if (row.kind === "title") return [span(` ${row.text}`, "strong")];
  if (row.kind === "note") return [span(`   ${row.text}`, "dim")];
  const { glyphs } = state;
  const name = fitText(nameOf(row), nameWidth, glyphs.ellipsis);
  const isNow = row.kind === "branch" && row.branch.isCurrent;
  const head: readonly Span[] = [
    span(isChosen ? ` ${glyphs.pointer} ` : "   ", "accent"),
    span(name, isChosen ? "strong" : isNow ? "good" : "plain"),
    span(" "),
  ];
  const room = Math.max(0, width - nameWidth - 4);
  return [...head, ...cellsOf(state, row, room)];
}

function nameOf(row: DataRow): string {
  switch (row.kind) {
    case "database": {
      const name = row.server.databases[row.index]?.name;
      return neutralise(name === undefined ? row.server.service : `${row.server.service} ${name}`);
    }
    case "dataset":
      return neutralise(row.dataset.name);
    case "snapshot":
      return neutralise(row.snapshot.id);
    case "branch":
      return neutralise(row.branch.name);
    case "backup":
      return neutralise(row.backup.id);
    case "title":
    case "note":
      return "";
  }
}

/** What stands beside a name: its size and age where it has them, then what else is known, as far as there is room. */
function cellsOf(state: DashboardState, row: DataRow, room: number): readonly Span[] {
  switch (row.kind) {
    case "database":
      return databaseCells(state, row, room);
    case "dataset": {
      const { isDefault, isSeeded } = row.dataset;
      const words = [isSeeded ? "seeded" : "not seeded", ...(isDefault ? ["the default"] : [])];
      return [span(words.join(`  ${state.glyphs.dot}  `), isSeeded ? "good" : "dim")];
    }
    case "snapshot": {
      const { bytes, createdAt, dataset, gitBranch } = row.snapshot;
      const age = ageText(state.now - Date.parse(createdAt));
      const about = [gitBranch, dataset === undefined ? undefined : `dataset ${dataset}`];
      return columns(sizeText(bytes), age, about, room);
    }
    case "backup": {
      const { manifest, problem, verified } = row.backup;
      if (!manifest) return [span(`cannot be used: ${neutralise(problem ?? "")}`, "bad")];
      const cells = columns(sizeText(manifest.bytes), ageText(state.now - Date.parse(manifest.createdAt)), [], room);
      return [...cells, verifiedSpan(verified, state.now)];
    }
    case "branch": {
      const { isCurrent, madeAt, parent, gitBranch, isGone, name } = row.branch;
      const origin = parent === undefined ? undefined : `from ${parent}`;
      const git = isGone ? "its git branch is gone" : gitBranch === name ? "follows git" : undefined;
      const age = madeAt === 0 ? "" : ageText(state.now - madeAt);
      return columns("", isCurrent ? "current" : age, [origin, git], room);
    }
    case "title":
    case "note":
      return [];
  }
}

function verifiedSpan(verified: { readonly at: string; readonly ok: boolean } | undefined, now: number): Span {
  if (!verified) return span("not verified yet", "busy");
  const age = ageText(now - Date.parse(verified.at));
  return verified.ok ? span(`verified ${age}`, "good") : span(`did not verify, ${age}`, "bad");
}

function databaseCells(
  { glyphs }: DashboardState,
  { server, index }: Extract<DataRow, { kind: "database" }>,
  room: number,
): readonly Span[] {
  const database = server.databases[index];
  const provider = neutralise(server.provider).replace(/^image /, "");
  if (!server.isRunning) return [span(`${glyphs.states.stopped} does not run`, "dim")];
  if (server.problem !== undefined) return [span(`does not answer: ${neutralise(server.problem)}`, "bad")];
  if (!database) return [span("empty", "dim"), span(`  ${provider}`, "dim")];
  const size = database.bytes === 0 ? "" : sizeText(database.bytes);
  const rest = room >= 45 ? `${neutralise(database.holds).padEnd(34)} ${provider}` : neutralise(database.holds);
  return [span(`${size.padStart(sizeWidth)}  `), span(rest, "dim")];
}

function columns(size: string, age: string, about: readonly (string | undefined)[], room: number): readonly Span[] {
  const words = about.filter(isThere).map((word) => neutralise(word));
  return [
    span(`${size.padStart(sizeWidth)}  `),
    span(room < 30 ? age : age.padEnd(ageWidth), "dim"),
    span(` ${words.join("  ")}`, "dim"),
  ];
}

const isThere = (word: string | undefined): word is string => word !== undefined;

import type { EditEvent } from "@drydock/core";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { lineText } from "../text/line.ts";
import { dashboardModel } from "./dashboard-model.ts";

const savedAt = new Date(2026, 0, 5, 14, 2, 11).getTime();
const edit = (changes: Partial<EditEvent>): EditEvent => ({
  kind: "edit",
  at: savedAt + 412,
  service: "api",
  action: "restart",
  phase: "done",
  files: ["app/api/server.js"],
  savedAt,
  ...changes,
});

function rowsAfter(...edits: readonly EditEvent[]): readonly string[] {
  const scripted = new ScriptedState({ columns: 100, rows: 24 }).play("healthy");
  for (const event of edits) scripted.happen({ kind: "event", event });
  scripted.press("4");
  return dashboardModel(scripted.state).panes.flatMap(({ lines }) => lines.map((line) => lineText(line).trimEnd()));
}

test("each save is one row with its parts, the newest first", () => {
  const rows = rowsAfter(
    edit({ phase: "started", at: savedAt + 5 }),
    edit({ actedAt: savedAt + 61 }),
    edit({ savedAt: savedAt + 60_000, phase: "started", service: "web", files: ["a.css", "b.css"], action: "sync" }),
  );
  expect(rows.slice(0, 3)).toEqual([
    " 14:03:11  under way  web  sync  a.css and 1 more",
    " 14:02:11  412 ms (brought over 61, its start 351)  api  restart  app/api/server.js",
    "",
  ]);
});

test("a failure is told with its words", () => {
  const error = {
    code: "X",
    message: "api did not become ready: it exited with code 1",
    exitCode: 1 as const,
    problems: [],
    evidence: [],
  };
  const rows = rowsAfter(edit({ phase: "failed", error }));
  expect(rows[0]).toBe(" 14:02:11  failed  api  restart  app/api/server.js");
  expect(rows[1]).toBe("     api did not become ready: it exited with code 1");
});

test("before the first save it says what saving does", () => {
  expect(rowsAfter()[0]).toBe(" Nothing was saved yet. Services follow what you save.");
});

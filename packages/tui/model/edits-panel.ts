import type { EditEvent } from "@drydock/core";
import { timeOfDay } from "../logs/log-row.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { editKey } from "../state/with-requests.ts";
import { type Line, type Span, span, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import type { Panel } from "./panel.ts";

/** What was saved while the screen was there, newest first: which service followed, how long each part took, and when it first answered through a proxy. */
export function editsPanel(state: DashboardState, width: number): Panel {
  const lines = state.edits.flatMap((edit) => editLines(edit, state.firstAnswers.get(editKey(edit)), width));
  const nothing: Line = [span("Nothing was saved yet. Services follow what you save.", "dim")];
  const shown = lines.length === 0 ? [nothing] : lines;
  return { title: [span("Edits", "accent")], length: shown.length, row: (index) => shown[index] ?? [] };
}

function editLines(edit: EditEvent, answeredAt: number | undefined, width: number): readonly Line[] {
  const [first = "", ...others] = edit.files.map((file) => neutralise(file));
  const files = others.length === 0 ? first : `${first} and ${others.length} more`;
  const head: Line = [
    span(`${timeOfDay(edit.savedAt)}  `, "dim"),
    ...outcome(edit, answeredAt),
    span(`  ${neutralise(edit.service)}`, "strong"),
    span(`  ${edit.action}  `, "dim"),
    span(files),
  ];
  const why = edit.error ? wrapLine([span(`    ${neutralise(edit.error.message)}`, "bad")], width, 4) : [];
  return [...wrapLine(head, width, 10), ...why];
}

/** `412 ms (brought over 61, its start 351), first answer after 480`. */
function outcome({ phase, at, savedAt, actedAt }: EditEvent, answeredAt: number | undefined): readonly Span[] {
  switch (phase) {
    case "started":
      return [span("under way", "busy")];
    case "overtaken":
      return [span("saved again meanwhile", "dim")];
    case "failed":
      return [span("failed", "bad")];
    case "done": {
      const total = Math.max(0, Math.round(at - savedAt));
      const answer = answeredAt === undefined ? "" : `, first answer after ${Math.round(answeredAt - savedAt)}`;
      if (actedAt === undefined) return [span(`${total} ms`, "good"), span(answer, "dim")];
      const brought = Math.max(0, Math.round(actedAt - savedAt));
      const parts = ` (brought over ${brought}, its start ${total - brought})${answer}`;
      return [span(`${total} ms`, "good"), span(parts, "dim")];
    }
  }
}

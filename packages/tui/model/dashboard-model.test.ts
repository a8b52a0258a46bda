import fc from "fast-check";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import type { Script } from "../fixtures/scripts.ts";
import { writeAwkwardLines } from "../fixtures/scripts.ts";
import { glyphsFor } from "../text/glyphs.ts";
import { lineText, lineWidth } from "../text/line.ts";
import { type DashboardModel, dashboardModel } from "./dashboard-model.ts";

const allKeys = [
  "j",
  "k",
  "<tab>",
  "<enter>",
  "<esc>",
  "<pgup>",
  "<pgdn>",
  "g",
  "G",
  "/",
  "t",
  "l",
  "z",
  "a",
  "w",
  "?",
  ":",
  "s",
  "y",
  "<ctrl-c>",
  "x",
  "日",
  "<backspace>",
  ...["1", "2", "3", "4", "5", "n", "B", "S", "r", "P", "c"],
];

function rowsOf(model: DashboardModel): readonly string[] {
  const body = Array.from({ length: model.height }, (_, row) =>
    model.panes.map((pane) => lineText(pane.lines[row] ?? [])).join(model.separator),
  );
  return [...model.top.map(lineText), ...body, ...model.bottom.map(lineText)];
}

test("whatever is pressed in a terminal of any size, the frame is one row and one column short of it", () => {
  const size = fc.record({ columns: fc.integer({ min: 20, max: 220 }), rows: fc.integer({ min: 6, max: 60 }) });
  const script = fc.constantFrom<Script>("healthy", "starting", "failing");
  fc.assert(
    fc.property(size, script, fc.array(fc.constantFrom(...allKeys), { maxLength: 12 }), (terminal, name, keys) => {
      const scripted = new ScriptedState(terminal).play(name);
      writeAwkwardLines(scripted.stack);
      scripted.request().know();
      const model = dashboardModel(scripted.press(...keys).state);
      expect(rowsOf(model)).toHaveLength(terminal.rows - 1);
      for (const line of [...model.top, ...model.bottom]) expect(lineWidth(line)).toBe(terminal.columns - 1);
      for (const pane of model.panes) for (const line of pane.lines) expect(lineWidth(line)).toBe(pane.width);
      const width = model.panes.reduce((sum, pane) => sum + pane.width, 0) + 2 * (model.panes.length - 1);
      expect(width).toBe(terminal.columns - 1);
      expect(rowsOf(model).join("")).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
    }),
    { numRuns: 300 },
  );
});

test("a terminal without UTF-8 gets nothing but ASCII, and letters for shapes", () => {
  const scripted = new ScriptedState({ columns: 100, rows: 24 }, glyphsFor(false)).play("failing");
  writeAwkwardLines(scripted.stack);
  for (const keys of [[], ["?"], ["<esc>", "w"], ["<esc>", ":"]]) {
    const rows = rowsOf(dashboardModel(scripted.press(...keys).state));
    expect(rows.join("")).toMatch(/^[\x20-\x7e]*$/);
    expect(Math.max(...rows.map((row) => row.length))).toBe(99);
  }
  const list = rowsOf(dashboardModel(scripted.press("<esc>").state)).slice(3, 10);
  expect(list.map((row) => row.slice(0, 4))).toEqual(["> R ", "  R ", "  s ", "  r ", "  F ", "  U ", "  D "]);
});

test("a list longer than the screen is shown by the page with the cursor", () => {
  const scripted = new ScriptedState({ columns: 80, rows: 12 }).play("healthy");
  const { session } = scripted.state;
  const services = Array.from({ length: 30 }, (_, index) => ({
    name: `service-${index}`,
    replicas: 1,
    isOneShot: false,
    dependsOn: [],
  }));
  if (session) scripted.happen({ kind: "event", event: { ...session, services } });
  const first = () => rowsOf(dashboardModel(scripted.state))[1]?.slice(4, 14);
  expect(first()).toBe("service-0 ");
  scripted.press(..."jjjjjjjj");
  expect(first()).toBe("service-0 ");
  scripted.press("j");
  expect(first()).toBe("service-9 ");
});

test("a line of 1 MB opens whole, page by page to its end", () => {
  const scripted = new ScriptedState({ columns: 80, rows: 24 }).play("healthy");
  scripted.stack.log("web", `${"0123456789".repeat(100_000)} its end`);
  scripted.press("<tab>", "<enter>", "G");
  const rows = rowsOf(dashboardModel(scripted.state));
  expect(rows.find((row) => row.includes("its end"))).toBeDefined();
  expect(rows[2]).toMatch(/rows 12,9\d\d-12,9\d\d of 12,9\d\d/);
});

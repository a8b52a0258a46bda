import { stripVTControlCharacters } from "node:util";
import { renderToString } from "ink";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { writeAwkwardLines } from "../fixtures/scripts.ts";
import { dashboardModel } from "../model/dashboard-model.ts";
import { DashboardView } from "./DashboardView.tsx";

/** A frame as text, with the spaces at the ends of rows cut, as Ink does. */
function frameOf(scripted: ScriptedState): string {
  const view = <DashboardView model={dashboardModel(scripted.state)} hasColour={false} />;
  return `${stripVTControlCharacters(renderToString(view, { columns: scripted.state.size.columns }))}\n`;
}

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 12 },
  { columns: 200, rows: 50 },
];
const cases = sizes.flatMap((size) =>
  (["healthy", "starting", "failing"] as const).map((script) => ({ ...size, script })),
);

test.each(cases)(
  "the screen of a scripted stack that is $script, at $columns x $rows",
  async ({ columns, rows, script }) => {
    const scripted = new ScriptedState({ columns, rows }).play(script);
    if (script === "healthy") writeAwkwardLines(scripted.stack);
    await expect(frameOf(scripted)).toMatchFileSnapshot(`../fixtures/frames/${script}-${columns}x${rows}.txt`);
  },
);

test.each([
  ["why", ["j", "j", "j", "j", "w"]],
  ["keys", ["?"]],
  ["palette", [":", "r", "e"]],
  ["leaving", ["<ctrl-c>"]],
  ["stop", ["j", "j", "s"]],
  ["search", ["/", "o", "r", "d", "e", "r", "<enter>"]],
])("the screen at 80 x 24 with %s", async (name, keys) => {
  const scripted = new ScriptedState({ columns: 80, rows: 24 }).play("failing").press(...keys);
  const explanation = scripted.stack.explanations.get("web.1");
  scripted.happen({ kind: "explained", service: "web", explained: { number: 1, explanation, error: undefined } });
  await expect(frameOf(scripted)).toMatchFileSnapshot(`../fixtures/frames/${name}-80x24.txt`);
});

const tabCases = sizes.flatMap((size) =>
  (
    [
      ["data", ["2", "j", "j", "j", "j", "j"]],
      ["requests", ["3"]],
      ["request", ["3", "j", "<enter>"]],
      ["restore", ["2", "j", "j", "j", "j", "r"]],
      ["certificates", ["5"]],
    ] as const
  ).map(([name, keys]) => ({ ...size, name, keys })),
);

test.each(tabCases)("the $name of a scripted stack, at $columns x $rows", async ({ columns, rows, name, keys }) => {
  const scripted = new ScriptedState({ columns, rows }).play("healthy").request().know();
  scripted.press(...keys);
  await expect(frameOf(scripted)).toMatchFileSnapshot(`../fixtures/frames/${name}-${columns}x${rows}.txt`);
});

import { DevError, serializeError } from "@drydock/core";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { cursorRow } from "./data-view.ts";
import { chosenRow, rowsOfData } from "./move-data.ts";

const open = (rows = 24) => new ScriptedState({ columns: 80, rows }).play("healthy").know().press("2");
const toSnapshots = ["j", "j", "j", "j"];
const doing = (scripted: ScriptedState) => scripted.effects.filter(({ kind }) => !kind.startsWith("read-"));

test("what loses data asks first and says what is lost, and only y does it", () => {
  const scripted = open().press(...toSnapshots, "r");
  expect(scripted.state.overlay).toMatchObject({ kind: "ask", question: "Restore before-migration?" });
  scripted.press("n");
  expect(scripted.state.overlay).toBeUndefined();
  expect(doing(scripted)).toEqual([]);
  scripted.press("r", "y");
  expect(doing(scripted)).toEqual([{ kind: "restore", name: "before-migration", label: "restoring before-migration" }]);
});

test.each([
  ["seeding again", ["j", "j", "S"], /removed first, also what was not seeded/],
  ["removing a snapshot", [...toSnapshots, "x"], /cannot be brought back/],
  ["restoring a backup", ["G", "r"], /A snapshot of it is saved first/],
  ["switching branches", ["G", "k", "k", "w"], /Nothing is lost: the data of main is put aside/],
  ["removing branches", ["P"], /The data of checkout-redesign is lost/],
])("%s is asked for", (_, keys, said) => {
  const { overlay } = open().press(...keys).state;
  expect(overlay?.kind === "ask" && overlay.consequences.join(" ")).toMatch(said);
});

test("seeding and saving lose nothing and ask nothing; a second work waits for the first", () => {
  const scripted = open().press("j", "j", "<enter>");
  expect(doing(scripted)).toMatchObject([{ kind: "seed", dataset: "demo", reset: false }]);
  scripted.press("n", "x", "<enter>");
  expect(doing(scripted)).toHaveLength(1);
  expect(scripted.state.message?.text).toBe("still seeding demo: c cancels it");
  scripted.press("c");
  expect(doing(scripted).at(-1)).toEqual({ kind: "cancel-data" });
});

test("leaving while work that was begun here is under way asks", () => {
  const scripted = open().press("j", "j", "s", "q");
  expect(scripted.state.overlay).toMatchObject({ kind: "ask", question: "Leave while seeding demo?" });
  scripted.press("y");
  expect(doing(scripted).at(-1)).toEqual({ kind: "leave", reason: "detach" });
});

test("a snapshot that is new, or gone, does not move the row under the cursor", () => {
  const scripted = open(12);
  scripted.stack.scriptedData.fill(40);
  scripted.know().press(...Array(20).fill("j"));
  const before = chosenRow(scripted.state);
  const row = () => cursorRow(rowsOfData(scripted.state), scripted.state.data.cursor);
  const place = row() - scripted.state.data.top;
  scripted.stack.scriptedData.act("save", {});
  scripted.know();
  expect(chosenRow(scripted.state)).toEqual(before);
  expect(row() - scripted.state.data.top).toBe(place);
});

test("where the chosen snapshot is removed, the cursor is on the one that took its place", () => {
  const scripted = open().press(...toSnapshots);
  scripted.stack.scriptedData.act("remove", { names: ["before-migration"], dryRun: false });
  expect(chosenRow(scripted.know().state)).toMatchObject({ kind: "snapshot", snapshot: { id: "demo-small" } });
});

test("work that somebody else began is told, and the data is read again when it ends", () => {
  const scripted = open();
  scripted.effects.splice(0);
  const work = { kind: "data", id: "data-1", label: "restore x" } as const;
  scripted.happen({ kind: "event", event: { ...work, at: 1, phase: "started" } });
  expect([...scripted.state.data.works.values()]).toEqual([{ label: "restore x", startedAt: 1 }]);
  scripted.happen({ kind: "event", event: { ...work, at: 2, phase: "done" } });
  expect(scripted.state.data.works.size).toBe(0);
  expect(scripted.effects).toEqual([{ kind: "read-data" }, { kind: "read-backups" }]);
});

test("an answer that failed is told, and what was known stays", () => {
  const scripted = open();
  scripted.happen({ kind: "data", overview: undefined, error: serializeError(new DevError("X", "It is gone.")) });
  expect(scripted.state.data.overview).toBeDefined();
  expect(scripted.state.data.error?.message).toBe("It is gone.");
});

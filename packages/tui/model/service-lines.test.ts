import { DevError, serializeError } from "@drydock/core";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { lineText } from "../text/line.ts";
import { messageLines } from "./message-line.ts";
import { serviceLines } from "./service-lines.ts";

test("when the supervisor is gone nothing is said to be ready that nobody looks at any more", () => {
  const scripted = new ScriptedState({ columns: 80, rows: 24 }).play("healthy");
  const rows = () => serviceLines(scripted.state, 40, 20, false).map(lineText);
  expect(rows().join("\n")).toMatch(/● \S+ +ready/);
  const error = serializeError(
    new DevError("SUPERVISOR_ENDED", "The supervisor ended.", { hint: "`dev up` starts it." }),
  );
  scripted.happen({ kind: "lost", error });
  expect(rows().join("\n")).not.toContain("●");
  expect(rows().join("\n")).toMatch(/\? \S+ .*was ready/);
  expect(messageLines(scripted.state, 80).map(lineText).join("\n").trim()).toBe(
    "The supervisor is gone. `dev up` starts it.  q leaves",
  );
});

test("a process that outlives what was saved last is not shown as if that ran", () => {
  const scripted = new ScriptedState({ columns: 80, rows: 24 }).play("healthy");
  const [before] = scripted.state.session?.services ?? [];
  const row = () =>
    serviceLines(scripted.state, 60, 20, false)
      .map(lineText)
      .find((text) => text.includes(` ${before?.name} `));
  expect(row()).toMatch(/ ready /);
  const [instance] = [...scripted.state.instances.values()].filter((each) => each.service === before?.name);
  if (!instance) throw new Error("the script has no instance of it");
  scripted.happen({ kind: "event", event: { kind: "instance", at: 0, instance: { ...instance, isOutdated: true } } });
  expect(row()).toContain("old: last save fails");
});

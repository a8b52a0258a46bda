import { expect, test } from "vitest";
import { describeEdit } from "./describe-edit.ts";
import type { EditEvent } from "./event.ts";

const edit: EditEvent = {
  kind: "edit",
  at: 1_412.4,
  service: "api",
  files: ["app/api/server.js"],
  action: "restart",
  phase: "done",
  savedAt: 1_000,
};

test("a save is told with what follows it and how long it took", () => {
  expect(describeEdit(edit)).toBe("app/api/server.js: api answers with it 412 ms after the save");
  expect(describeEdit({ ...edit, phase: "started", files: ["a.js", "b.js", "c.js"] })).toBe(
    "a.js and 2 more: api restarts",
  );
  expect(describeEdit({ ...edit, phase: "overtaken" })).toContain("api waits, files were saved again");
});

test("a failure is told in its own words", () => {
  const error = {
    code: "NOT_READY",
    message: "it exited with code 1",
    exitCode: 1 as const,
    problems: [],
    evidence: [],
  };
  expect(describeEdit({ ...edit, phase: "failed", error })).toBe(
    "app/api/server.js: api does not follow: it exited with code 1",
  );
});

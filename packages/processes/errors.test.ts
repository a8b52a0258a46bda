import { expect, test } from "vitest";
import { cannotPrepare, nothingToRun } from "./errors.ts";

test("one service that cannot run here says what to write, and that nothing was started", () => {
  expect(cannotPrepare(new Map([["db", nothingToRun("db", "postgres:17")]]))).toMatchObject({
    code: "NOTHING_TO_RUN",
    exitCode: 2,
    hint: expect.stringMatching(/x-dev.*\nNothing was started\.$/),
  });
});

test("a bug among the failures is thrown as it is", () => {
  const bug = new TypeError("x is not a function");
  const failures = new Map<string, unknown>([
    ["db", nothingToRun("db", "postgres:17")],
    ["api", bug],
  ]);
  expect(cannotPrepare(failures)).toBe(bug);
});

import { expect, test } from "vitest";
import { levelOf, parseJsonLine, toLevel } from "./json-line.ts";

test("a JSON line is told apart into level, message and fields, without its time", () => {
  expect(parseJsonLine('{"level":"warn","time":1,"msg":"slow","ms":812,"tags":["a"]}')).toEqual({
    level: "warn",
    message: "slow",
    fields: [
      ["ms", "812"],
      ["tags", '["a"]'],
    ],
  });
});

test("pino's numbers and mongod's letters are levels", () => {
  expect([10, 20, 30, 40, 50, 60].map(toLevel)).toEqual(["trace", "debug", "info", "warn", "error", "fatal"]);
  expect(["F", "E", "W", "I", "D1", "D5"].map(toLevel)).toEqual(["fatal", "error", "warn", "info", "debug", "debug"]);
});

test("mongod's structured log is read", () => {
  const line = '{"t":{"$date":"2026-01-05"},"s":"W","c":"NETWORK","id":1,"msg":"Waiting"}';
  expect(parseJsonLine(line)).toMatchObject({
    level: "warn",
    message: "Waiting",
    fields: [
      ["c", "NETWORK"],
      ["id", "1"],
    ],
  });
});

test("what is no JSON object with a message is no JSON line", () => {
  for (const text of ["plain", "{broken", "[1]", '{"a":1}', "", "{}"]) expect(parseJsonLine(text)).toBeUndefined();
});

test.each([
  ["2026-01-05 14:02 WARN disk is full", "warn"],
  ["[error] 7#7: upstream timed out", "error"],
  ["level=debug msg=x", "debug"],
  ["TypeError: x is not a function", "error"],
  ["Error: Cannot find module 'express'", "error"],
  ['{"level":50,"msg":"x"}', "error"],
  ["GET /errors 200", undefined],
  ["no errors found", undefined],
])("the level of %j is %s", (text, level) => {
  expect(levelOf(text)).toBe(level);
});

import { expect, test } from "vitest";
import { tellingLines } from "./telling-lines.ts";

test("leaves out empty lines and the frames of a stack, and keeps what says something", () => {
  const lines = [
    "Error: Cannot find module 'express'",
    "    at Module._resolveFilename (node:internal/modules/cjs/loader:1140:15)",
    "    at async run (file:///app/run.js:3:1)",
    "",
    "  code: 'MODULE_NOT_FOUND'",
    "look at this: it is at home",
  ];
  expect(tellingLines(lines)).toEqual([lines[0], lines[4], lines[5]]);
});

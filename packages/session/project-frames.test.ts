import { expect, test } from "vitest";
import { projectFrames } from "./project-frames.ts";

test("an error is placed in the project's own files, innermost first", () => {
  const stack = `TypeError: no seed
    at y (/shop/lib/other.ts:3:9)
    at /shop/dev.config.ts:8:57
    at again (file:///shop/dev.config.ts:8:10)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async Function.import (/shop/node_modules/jiti/dist/jiti.cjs:1:187718)
    at runProjectFile (/elsewhere/run-project-file.ts:16:18)`;
  expect(projectFrames(stack, "/shop")).toEqual(["lib/other.ts:3", "dev.config.ts:8"]);
});

test("what has no stack has no place", () => {
  expect(projectFrames(undefined, "/shop")).toEqual([]);
  expect(projectFrames("Error: at home (or not)", "/shop")).toEqual([]);
});

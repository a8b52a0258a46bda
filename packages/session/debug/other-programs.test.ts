import { expect, test } from "vitest";
import { judgePrograms } from "./other-programs.ts";

test("a service that Node runs is told from one that something else does, and from a shell that may yet start it", () => {
  expect(judgePrograms(["/bin/dash", "/root/.nvm/versions/node/v24.1.0/bin/node"])).toBeUndefined();
  expect(judgePrograms(["/usr/bin/python3.11", "/usr/bin/python3.11"])).toEqual({
    names: ["python3.11"],
    mayStartNode: false,
  });
  expect(judgePrograms(["/usr/bin/tini", "/app/node-exporter"])).toEqual({
    names: ["tini", "node-exporter"],
    mayStartNode: true,
  });
});

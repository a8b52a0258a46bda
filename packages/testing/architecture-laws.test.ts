import { describe, expect, test } from "vitest";
import { allLaws } from "./architecture/all-laws.ts";
import type { Codebase } from "./architecture/codebase.ts";
import type { Law } from "./architecture/law.ts";
import { arrowsPointDown, screenKnowsNoEngine, testingStaysInTests } from "./architecture/laws/arrows-point-down.ts";
import { filesAreShort } from "./architecture/laws/file-length.ts";
import { screenIsLoadedLazily, startLoadsNothingHeavy } from "./architecture/laws/light-start.ts";
import { lowerFloorsDoNoInputOutput } from "./architecture/laws/no-input-output.ts";
import { nothingActsWhenImported, packagesMeetAtTheirIndex } from "./architecture/laws/package-boundaries.ts";
import { vendorsHaveOneDoor } from "./architecture/laws/vendor-doors.ts";
import { smallTree } from "./architecture/test-tree.ts";
import { formatViolations } from "./architecture/violation.ts";

function violations(law: Law, codebase: Codebase): readonly string[] {
  return formatViolations(law.check(codebase)).split("\n").slice(0, -1);
}

test("a tree that keeps every law has no violation", () => {
  const manifest = { dependencies: { "@drydock/core": "*" }, devDependencies: {} };
  const codebase = smallTree(
    {
      "core/index.ts": 'export { type Engine } from "./engine.ts";\n',
      "core/engine.ts": "export interface Engine { readonly name: string }\n",
      "planner/index.ts":
        'import type { Engine } from "@drydock/core";\nexport const plan = (engine: Engine): string => engine.name;\n',
      "planner/plan.test.ts":
        'import { readFileSync } from "node:fs";\nimport { test } from "vitest";\ntest("", () => readFileSync(""));\n',
    },
    { planner: manifest },
  );
  const built = { ...codebase, rootReferences: ["packages/core", "packages/planner"] };
  const packages = built.packages.map((each) => ({ ...each, references: each.folder === "planner" ? ["core"] : [] }));
  expect(allLaws.flatMap((law) => violations(law, { ...built, packages }))).toEqual([]);
});

describe("Arrows", () => {
  test("an arrow upwards is found in every form of import", () => {
    const codebase = smallTree({
      "planner/a.ts": [
        'import { up } from "@drydock/session";',
        'export { up } from "@drydock/session";',
        'export * from "@drydock/session";',
        'import type { Up } from "@drydock/session";',
        'const a = () => import("@drydock/session");',
        'let b: import("@drydock/session").Up;',
        'const c = require("@drydock/session");',
        'const d = import.meta.resolve("@drydock/session");',
        'import e = require("@drydock/session");',
      ].join("\n"),
      "planner/View.tsx": 'import { up } from "@drydock/session";\nexport const View = () => <b>{up}</b>;\n',
    });
    expect(violations(arrowsPointDown, codebase)).toEqual(
      ["View.tsx:1", ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((line) => `a.ts:${line}`)]
        .sort()
        .map((place) => `packages/planner/${place}  planner imports session, which is not below it`),
    );
  });

  test("packages of the same floor do not import each other, in their manifests neither", () => {
    const codebase = smallTree(
      { "docker/index.ts": 'import "@drydock/processes";\n' },
      { docker: { dependencies: { "@drydock/processes": "*" } } },
    );
    expect(violations(arrowsPointDown, codebase)).toEqual([
      "packages/docker/index.ts:1  docker imports processes, which is not below it",
      "packages/docker/package.json:4  docker depends on processes, which is not below it",
    ]);
  });

  test("a package without a floor is named", () => {
    expect(violations(arrowsPointDown, smallTree({ "misc/index.ts": "" })).join()).toContain(
      "the package misc has no floor",
    );
  });

  test("the terminal UI cannot import an engine", () => {
    const codebase = smallTree({ "tui/show.tsx": 'import type { Docker } from "@drydock/docker";\n' });
    expect(violations(screenKnowsNoEngine, codebase)).toEqual([
      "packages/tui/show.tsx:1  the terminal UI imports @drydock/docker",
    ]);
  });

  test("the product cannot import or list the testing package, and tests can", () => {
    const codebase = smallTree(
      {
        "session/up.ts": '\nimport { eventually } from "@drydock/testing";\n',
        "session/up.test.ts": 'import { eventually } from "@drydock/testing";\n',
        "session/test-project.ts": 'import { eventually } from "@drydock/testing";\n',
      },
      { session: { dependencies: { "@drydock/testing": "*" } } },
    );
    expect(violations(testingStaysInTests, codebase)).toEqual([
      "packages/session/package.json:4  @drydock/testing belongs under devDependencies",
      "packages/session/up.ts:2  it is no test and imports @drydock/testing",
    ]);
  });
});

describe("Imports", () => {
  test("a relative path into another package, a deep path and a package's own name are found", () => {
    const codebase = smallTree({
      "session/a/up.ts":
        'import "../../core/graph.ts";\nimport "@drydock/core/graph.ts";\nimport "@drydock/session";\nimport "../b.ts";\n',
    });
    expect(violations(packagesMeetAtTheirIndex, codebase)).toEqual([
      "packages/session/a/up.ts:1  ../../core/graph.ts leaves packages/session",
      "packages/session/a/up.ts:2  @drydock/core/graph.ts goes past the index",
      "packages/session/a/up.ts:3  @drydock/session is this package itself",
    ]);
  });

  test("an import for its side effects is found, and not in tests or for types", () => {
    const codebase = smallTree({
      "core/a.ts":
        'import "./b.ts";\nimport type {} from "./c.ts";\nimport { d } from "./d.ts";\nawait import("./e.ts");\nconst { f } = await import("./f.ts");\n',
      "core/a.test.ts": 'import "./b.ts";\n',
    });
    expect(violations(nothingActsWhenImported, codebase)).toEqual([
      'packages/core/a.ts:1  import "./b.ts" takes no name: call something',
      'packages/core/a.ts:4  import "./e.ts" takes no name: call something',
    ]);
  });

  test("input and output in a lower floor are found with and without node: and in subpaths, and not in tests", () => {
    const codebase = smallTree({
      "compose/load.ts":
        'import "node:fs";\nimport "fs/promises";\nexport const run = () => import("node:child_process");\nimport "node:path";\n',
      "compose/load.integration.test.ts": 'import "node:fs";\n',
      "docker/connect.ts": 'import "node:net";\n',
    });
    expect(violations(lowerFloorsDoNoInputOutput, codebase)).toEqual([
      "packages/compose/load.ts:1  compose does no input or output, and it imports node:fs",
      "packages/compose/load.ts:2  compose does no input or output, and it imports fs/promises",
      "packages/compose/load.ts:3  compose does no input or output, and it imports node:child_process",
    ]);
  });

  test("a vendor library beside its door is found: types, subpaths, manifests and @types too", () => {
    const codebase = smallTree(
      {
        "session/a.ts": 'import type Docker from "dockerode";\nimport "mongodb/lib/x.js";\n',
        "docker/a.ts": 'import Docker from "dockerode";\n',
      },
      { session: { devDependencies: { "@types/dockerode": "1" } }, cli: { dependencies: { dockerode: "1" } } },
    );
    expect(violations(vendorsHaveOneDoor, codebase)).toEqual([
      "packages/session/a.ts:1  only docker imports dockerode",
      "packages/session/a.ts:2  only databases imports mongodb/lib/x.js",
      "packages/session/package.json:4  only docker lists @types/dockerode",
    ]);
  });

  test("a server's own tests speak through its official driver, the server does not", () => {
    const codebase = smallTree(
      {
        "embedded-redis/a.test.ts": 'import { Redis } from "ioredis";\n',
        "embedded-redis/a.ts": 'import { Redis } from "ioredis";\n',
      },
      { "embedded-redis": { devDependencies: { ioredis: "1" } } },
    );
    expect(violations(vendorsHaveOneDoor, codebase)).toEqual([
      "packages/embedded-redis/a.ts:1  only databases imports ioredis",
    ]);
  });
});

describe("The start of `dev`", () => {
  test("a heavy library is found behind static imports across packages, and not behind import() or types", () => {
    const codebase = smallTree({
      "cli/main.ts":
        'import "commander";\nimport "./a.ts";\nconst b = () => import("./b.ts");\nimport type { C } from "zod";\n',
      "cli/a.ts": 'export { up } from "@drydock/session";\n',
      "cli/b.ts": 'import "yaml";\n',
      "session/index.ts": 'export { up } from "./up.ts";\n',
      "session/up.ts": '\n\nimport "execa";\n',
    });
    expect(violations(startLoadsNothingHeavy, codebase)).toEqual([
      "packages/session/up.ts:3  every start of dev loads execa, because static imports lead here from packages/cli/main.ts",
    ]);
  });

  test("a file that shows the terminal UI and is itself imported statically is found", () => {
    const codebase = smallTree({
      "cli/main.ts": 'const up = () => import("./up.ts");\nconst logs = () => import("./logs.ts");\n',
      "cli/up.ts": 'import { show } from "./show.ts";\n',
      "cli/show.ts": 'import { showScreen } from "@drydock/tui";\n',
      "cli/logs.ts": 'import { showScreen } from "@drydock/tui";\nimport type { Show } from "./show.ts";\n',
    });
    expect(violations(screenIsLoadedLazily, codebase)).toEqual([
      "packages/cli/up.ts:1  ./show.ts brings the terminal UI with it: use import()",
    ]);
  });
});

test("a file of 251 lines is too long, one of 250 is not", () => {
  const codebase = smallTree({ "core/long.ts": "//\n".repeat(251), "core/short.ts": "//\n".repeat(250) });
  expect(violations(filesAreShort, codebase)).toEqual([
    "packages/core/long.ts:251  it has 251 lines: find the second idea in it",
  ]);
});

import { describe, expect, test } from "vitest";
import type { Codebase } from "./architecture/codebase.ts";
import type { Law } from "./architecture/law.ts";
import { enginesAreMadeInOnePlace } from "./architecture/laws/engines-are-made-in-one-place.ts";
import {
  manifestsListNothingElse,
  manifestsListWhatIsImported,
  versionsAgree,
} from "./architecture/laws/manifests-list-imports.ts";
import { noBarrels } from "./architecture/laws/no-barrels.ts";
import { noCycles } from "./architecture/laws/no-cycles.ts";
import { noVendorTypeIsPromised } from "./architecture/laws/no-vendor-types.ts";
import { oneFileExits } from "./architecture/laws/one-exit.ts";
import { referencesEqualDependencies } from "./architecture/laws/tsconfig-references.ts";
import { smallTree } from "./architecture/test-tree.ts";
import { formatViolations } from "./architecture/violation.ts";

function violations(law: Law, codebase: Codebase): readonly string[] {
  return formatViolations(law.check(codebase)).split("\n").slice(0, -1);
}

describe("Vendor types", () => {
  const docker = 'import Docker from "dockerode";\n';
  const promise = (source: string) =>
    violations(
      noVendorTypeIsPromised,
      smallTree({ "docker/index.ts": 'export { it } from "./it.ts";\n', "docker/it.ts": docker + source }),
    );

  test.each([
    ["a parameter", "export function it(docker: Docker): void {}"],
    ["a result inside a Promise", "export const it = async (): Promise<Docker.Container> => { throw 0; };"],
    ["a field of an interface", "export interface it { readonly docker: Docker }"],
    ["a public field of a class", "export class it { docker: Docker | undefined; }"],
    ["a super class", "export class it extends Docker {}"],
    ["a type alias with typeof", "export type it = ReturnType<typeof Docker>;"],
    ["a constant made by new", "export const it = new Docker();"],
    ["a constant made by a chain of calls", "export const it = Docker.object().strict();"],
    ["a type that an exported type mentions", "type Inner = Docker[];\nexport type it = { inner: Inner };"],
  ])("%s is found", (_, source) => {
    expect(promise(source).join("\n")).toMatch(
      /^packages\/docker\/it\.ts:\d {2}an exported signature mentions Docker of dockerode$/,
    );
  });

  test.each([
    ["a function's body", "export function it(): number { const docker = new Docker(); return 1; }"],
    ["a private member", "export class it { #docker = new Docker(); private other: Docker | undefined; }"],
    ["a value whose type is written beside it", "export const it: number = Docker.version();"],
    ["an export that the index does not name", "export const it = 1;\nexport const other = new Docker();"],
  ])("%s may use them", (_, source) => {
    expect(promise(source)).toEqual([]);
  });

  test("an inlined import type, and a re-export of the library itself, are found", () => {
    const codebase = smallTree({
      "docker/index.ts":
        'export { default as Docker } from "dockerode";\nexport type Client = import("dockerode").Docker;\n',
    });
    expect(violations(noVendorTypeIsPromised, codebase)).toEqual([
      "packages/docker/index.ts:1  default of dockerode is visible to who imports this package",
      "packages/docker/index.ts:2  it mentions a type of dockerode",
    ]);
  });
});

test("who takes what makes an engine is found, outside the compose root", () => {
  const codebase = smallTree({
    "docker/index.ts": 'export { connect } from "./connect.ts";\nexport { LocalEngine } from "./local.ts";\n',
    "docker/connect.ts": "export async function connect(): Promise<Engine> {}\n",
    "docker/local.ts": "export class LocalEngine implements Engine {}\n",
    "session/compose-root.ts": 'import { connect } from "@drydock/docker";\nconnect();\n',
    "session/up.ts": 'const docker = await import("@drydock/docker");\n\ndocker.connect();\n',
    "session/down.ts": 'import { LocalEngine } from "@drydock/docker";\n',
    "session/wait.ts": 'import type { LocalEngine } from "@drydock/docker";\n',
  });
  expect(violations(enginesAreMadeInOnePlace, codebase)).toEqual([
    "packages/session/down.ts:1  it takes LocalEngine, which makes an engine",
    "packages/session/up.ts:3  it takes connect, which makes an engine",
  ]);
});

test("every way to end the process is found outside main.ts, and setting the exit code is none", () => {
  const codebase = smallTree({
    "cli/main.ts": "process.exit(0);\n",
    "session/up.ts": [
      "process.exit(1);",
      'process["exit"](1);',
      "globalThis.process.exit();",
      "const { exit } = process;",
      'import { exit as leave } from "node:process";',
      "process.abort();",
      "process.exitCode = 1;",
    ].join("\n"),
  });
  expect(violations(oneFileExits, codebase)).toEqual(
    [1, 2, 3, 4, 5, 6].map(
      (line) => `packages/session/up.ts:${line}  it ends the process: throw, and let main.ts decide`,
    ),
  );
});

test("a cycle is found and printed as its path, also when it is one of types or of lazy imports", () => {
  const codebase = smallTree({
    "core/a.ts": 'import "./b.ts";\n',
    "core/b.ts": 'import type { C } from "./c.ts";\n',
    "core/c.ts": '\nconst a = () => import("./a.ts");\n',
  });
  expect(violations(noCycles, codebase)).toEqual([
    "packages/core/c.ts:2  a cycle: packages/core/a.ts -> packages/core/b.ts -> packages/core/c.ts -> packages/core/a.ts",
  ]);
});

test("export *, a second barrel and a nested index are found, and published entries are none", () => {
  const codebase = smallTree(
    {
      "core/index.ts": 'export * from "./a.ts";\n',
      "core/words.ts": 'export { a } from "./a.ts";\n',
      "core/sub/index.ts": "export const a = 1;\n",
      "cli/drydock.ts": 'export { defineConfig } from "@drydock/settings";\n',
      "cli/vitest.ts": 'export { up } from "@drydock/session";\n',
    },
    { cli: { exports: { ".": "./dist/drydock.js", "./vitest": "./dist/vitest.js" } } },
  );
  expect(violations(noBarrels, codebase)).toEqual([
    'packages/core/index.ts:1  export * from "./a.ts": name the exports',
    "packages/core/sub/index.ts:1  it only re-exports: import from the files themselves",
    "packages/core/words.ts:1  it only re-exports: import from the files themselves",
  ]);
});

describe("Manifests", () => {
  test("what is imported and not listed is found, with tests' imports apart", () => {
    const codebase = smallTree(
      {
        "docker/a.ts": 'import "execa";\nimport "@drydock/core";\nimport type { X } from "estree";\nimport "vitest";\n',
        "docker/a.test.ts": 'import "vitest";\nimport "execa";\nimport "nock";\n',
      },
      { docker: { devDependencies: { execa: "1", "@types/estree": "1" } } },
    );
    const unlisted = (file: string, name: string) =>
      `packages/docker/${file}  it imports ${name}, which packages/docker/package.json does not list for it`;
    expect(violations(manifestsListWhatIsImported, codebase)).toEqual([
      unlisted("a.test.ts:3", "nock"),
      unlisted("a.ts:1", "execa"),
      unlisted("a.ts:2", "@drydock/core"),
      unlisted("a.ts:4", "vitest"),
    ]);
  });

  test("what is listed and not imported is found", () => {
    const codebase = smallTree(
      { "docker/a.ts": 'import type { A } from "dockerode";\n', "docker/a.test.ts": 'import "execa";\n' },
      {
        docker: {
          dependencies: { dockerode: "1", execa: "1" },
          devDependencies: { "@types/dockerode": "1", nock: "1" },
        },
      },
    );
    expect(violations(manifestsListNothingElse, codebase)).toEqual([
      "packages/docker/package.json:5  no file of the product imports execa",
      "packages/docker/package.json:9  nothing imports nock",
    ]);
  });

  test("two versions of one library are found", () => {
    const codebase = smallTree(
      {},
      { docker: { dependencies: { execa: "^9" } }, processes: { dependencies: { execa: "^8" } } },
    );
    expect(violations(versionsAgree, codebase)).toEqual(["packages/processes/package.json:4  execa ^8, elsewhere ^9"]);
  });

  test("references that differ from the manifest, and a package that nothing builds, are found", () => {
    const codebase = smallTree({}, { session: { dependencies: { "@drydock/core": "*" } } });
    const packages = codebase.packages.map((each) => ({ ...each, references: ["docker"] }));
    expect(violations(referencesEqualDependencies, { ...codebase, packages })).toEqual([
      "packages/session/tsconfig.json:1  package.json lists @drydock/core, references lack ../core",
      "packages/session/tsconfig.json:1  references have ../docker, package.json lacks @drydock/docker",
      "tsconfig.json:1  references lack packages/session",
    ]);
  });
});

import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildPackage } from "./build-package.mjs";

let repository: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
};
const dist = (path: string) => join(repository, "packages/cli/dist", path);
const read = (path: string) => readFileSync(dist(path), "utf8");
const writeManifest = (dependencies: object) => {
  const exports = { ".": { types: "./dist/drydock.d.ts", default: "./dist/drydock.js" } };
  write(
    "packages/cli/package.json",
    JSON.stringify({ name: "drydock", version: "4.5.6", type: "module", exports, dependencies }),
  );
};

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "drydock-build-"));
  write(
    "tsconfig.base.json",
    JSON.stringify({ compilerOptions: { module: "nodenext", target: "es2023", strict: true, types: [] } }),
  );
  writeManifest({ "string-width": "^8" });
  write(
    "packages/cli/main.ts",
    'declare const __DRYDOCK_VERSION__: string;\nconsole.log(__DRYDOCK_VERSION__);\nif (process.argv[2]) (await import("./heavy.ts")).run();\n',
  );
  write(
    "packages/cli/heavy.ts",
    'import stringWidth from "string-width";\nimport { greet } from "@drydock/settings";\nexport const run = () => console.log(stringWidth(greet("tea").item));\n',
  );
  write("packages/cli/drydock.ts", 'export { greet, type Config } from "@drydock/settings";\n');
  write(
    "packages/settings/package.json",
    JSON.stringify({ name: "@drydock/settings", type: "module", exports: "./index.ts" }),
  );
  write(
    "packages/settings/index.ts",
    'export { greet } from "./greet.ts";\nexport type { Config } from "./config.ts";\n',
  );
  write(
    "packages/settings/greet.ts",
    'import { config } from "./config.ts";\nexport const greet = (item: string) => ({ config, item });\n',
  );
  write(
    "packages/settings/config.ts",
    "export interface Config { readonly port: number }\nexport const config: Config = { port: 80 };\n",
  );
  mkdirSync(join(repository, "node_modules/@drydock"), { recursive: true });
  symlinkSync(join(repository, "packages/settings"), join(repository, "node_modules/@drydock/settings"), "dir");
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

test("the bundle runs, knows its version, and keeps an import() as a file of its own", async () => {
  expect(await buildPackage(repository)).toEqual({ names: ["main", "drydock"], problems: [] });
  expect(execFileSync(process.execPath, [dist("main.js")], { encoding: "utf8" })).toBe("4.5.6\n");
  expect(read("main.js")).not.toContain('"string-width"');
  expect(readdirSync(dist("")).filter((name) => /^heavy-.*\.js$/.test(name))).toHaveLength(1);
  expect(existsSync(dist("main.js.map"))).toBe(true);
});

test("the published types need no package of ours, and a project compiles against them", async () => {
  await buildPackage(repository);
  const types = ["drydock.d.ts", "types/settings/index.d.ts", "types/settings/greet.d.ts"].map(read);
  expect(types.join()).not.toContain("@drydock/");
  expect(types[2]).toContain('import("./config.js").Config');

  mkdirSync(join(repository, "shop/node_modules"), { recursive: true });
  symlinkSync(join(repository, "packages/cli"), join(repository, "shop/node_modules/drydock"), "dir");
  write(
    "shop/ok.mts",
    'import { type Config, greet } from "drydock";\nconst made: Config = greet("tea").config;\nexport const port: number = made.port;\n',
  );
  write("shop/wrong.mts", 'import { greet } from "drydock";\nexport const port: string = greet("tea").config.port;\n');
  const compile = (file: string) =>
    execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, "../../node_modules/typescript/bin/tsc"),
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        file,
      ],
      {
        cwd: join(repository, "shop"),
        encoding: "utf8",
      },
    );
  expect(compile("ok.mts")).toBe("");
  expect(() => compile("wrong.mts")).toThrow(/Command failed/);
});

test("a library that dependencies lack, and one that nothing imports, are named", async () => {
  writeManifest({ zod: "^4" });
  expect((await buildPackage(repository)).problems).toEqual([
    "the bundle imports string-width, dependencies do not list it",
    "dependencies list zod, the bundle does not import it",
  ]);
});

test("a library that the bundle carries runs from it, with all that it imports, and its license comes along", async () => {
  writeManifest({});
  symlinkSync(join(import.meta.dirname, "../../node_modules/execa"), join(repository, "node_modules/execa"), "dir");
  write(
    "packages/cli/heavy.ts",
    'import { execa } from "execa";\nexport const run = async () => console.log((await execa("node", ["-p", "6 * 7"])).stdout);\n',
  );
  expect((await buildPackage(repository)).problems).toEqual([]);
  expect(execFileSync(process.execPath, [dist("main.js"), "run"], { encoding: "utf8" })).toBe("4.5.6\n42\n");
  expect(read("THIRD-PARTY-LICENSES.txt")).toMatch(/^cross-spawn \d.*\(MIT\)\n\n.*^execa \d/ms);
});

test("a build that fails leaves the old one, and nothing beside it", async () => {
  await buildPackage(repository);
  write("packages/cli/heavy.ts", 'export { run } from "./not-there.ts";\n');
  await expect(buildPackage(repository)).rejects.toThrow("not-there.ts");
  expect(read("main.js")).toContain("4.5.6");
  expect(readdirSync(join(repository, "packages/cli")).sort()).toEqual([
    "dist",
    "drydock.ts",
    "heavy.ts",
    "main.ts",
    "package.json",
  ]);
});

test("what a killed build left is removed", async () => {
  const { pid } = JSON.parse(
    execFileSync(process.execPath, ["-p", "JSON.stringify({ pid: process.pid })"], { encoding: "utf8" }),
  );
  write(`packages/cli/.dist-${pid}/main.js`, "");
  await buildPackage(repository);
  expect(existsSync(join(repository, `packages/cli/.dist-${pid}`))).toBe(false);
});

test("templates come along without what was installed in them, and a file that npm pack drops is an error", async () => {
  write("templates/starter/gitignore", "node_modules/\n");
  write("templates/starter/node_modules/x/index.js", "");
  await buildPackage(repository);
  expect(readdirSync(dist("templates/starter"))).toEqual(["gitignore"]);
  write("templates/starter/.gitignore", "");
  await expect(buildPackage(repository)).rejects.toThrow("npm pack drops starter/.gitignore");
});

test("a library that only an unused part imports is not loaded", async () => {
  write(
    "packages/settings/greet.ts",
    'import { parse } from "smol-toml";\nexport const greet = (item: string) => item;\nexport const other = () => parse("");\n',
  );
  expect((await buildPackage(repository)).problems).toEqual([]);
});

test("without sources there is nothing to build and nothing to complain of", async () => {
  for (const name of ["main.ts", "drydock.ts"]) rmSync(join(repository, "packages/cli", name));
  expect(await buildPackage(repository)).toEqual({ names: [], problems: [] });
  expect(existsSync(dist(""))).toBe(false);
});

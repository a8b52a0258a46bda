import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testService } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { codeKey } from "./dataset-files.ts";
import { migrationKey } from "./migrations.ts";

let directory: string;
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
};
const keyOf = (...command: readonly string[]) =>
  migrationKey([
    testService({ name: "migrate", command, build: { context: join(directory, "app"), dockerfile: "Dockerfile" } }),
  ]);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-key-"));
  await write("app/migrate/run.js", 'import { connect } from "../shared/connect.js";\n');
  await write("app/migrate/001.js", "1");
  await write("app/shared/connect.js", "1");
  await write("app/api/server.js", "1");
});
afterEach(() => rm(directory, { recursive: true }));

test("a migration is the file that its command names, what that imports and what lies beside it", async () => {
  const key = await keyOf("node", "/app/migrate/run.js");
  await write("app/api/server.js", "2");
  expect(await keyOf("node", "/app/migrate/run.js")).toBe(key);
  await write("app/shared/connect.js", "2");
  const imported = await keyOf("node", "/app/migrate/run.js");
  await write("app/migrate/002.js", "1");
  const beside = await keyOf("node", "/app/migrate/run.js");
  expect(new Set([key, imported, beside, await keyOf("node", "/app/migrate/run.js", "--all")]).size).toBe(4);
});

test("a migration whose command names no file is all that is built", async () => {
  const key = await keyOf("npm", "run", "migrate");
  await write("app/node_modules/x/index.js", "1");
  expect(await keyOf("npm", "run", "migrate")).toBe(key);
  await write("app/api/server.js", "2");
  expect(await keyOf("npm", "run", "migrate")).not.toBe(key);
});

test("the code of datasets is their folder and what they import from elsewhere", async () => {
  await write("seeds/demo.ts", 'import { prices } from "../app/shared/prices.js";\n');
  await write("app/shared/prices.ts", "1");
  const key = await codeKey(join(directory, "seeds"));
  await write("app/shared/connect.js", "2");
  expect(await codeKey(join(directory, "seeds"))).toBe(key);
  await write("app/shared/prices.ts", "2");
  expect(await codeKey(join(directory, "seeds"))).not.toBe(key);
});

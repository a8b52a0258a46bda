import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@drydock/core";
import { testService } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { TestProject } from "./test-engine.ts";

// A dependency in the same folder, so that no registry is needed.
const files = {
  "api/package.json": JSON.stringify({ name: "api", version: "1.0.0", dependencies: { tool: "file:./tool" } }),
  "api/tool/package.json": JSON.stringify({ name: "tool", version: "1.0.0", main: "index.js" }),
  "api/tool/index.js": `module.exports = "the tool"`,
  "api/server.js": `console.log(require("tool")); setInterval(() => {}, 1000)`,
  "api/package-lock.json": JSON.stringify({
    name: "api",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "api", version: "1.0.0", dependencies: { tool: "file:./tool" } },
      "node_modules/tool": { resolved: "tool", link: true },
      tool: { version: "1.0.0" },
    },
  }),
};

let project: TestProject;

afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

function services(): Environment {
  const build = { context: join(project.directory, "api"), dockerfile: "Dockerfile" };
  const common = { build, command: ["node", "server.js"] };
  return project.environment([testService({ ...common, name: "api" }), testService({ ...common, name: "worker" })]);
}

const installs = () => project.events.filter((each) => each.kind === "progress" && each.message !== "done").length;
const reasons = () => project.events.flatMap((each) => (each.kind === "progress" ? [each.message] : []));

test("dependencies are installed once for all services of a folder, and again only when the lock file changed", async () => {
  project = await TestProject.create(files);
  const environment = services();
  await project.up(environment);
  expect(project.lines("api")).toEqual(["the tool"]);
  expect(reasons().filter((each) => each === "done")).toHaveLength(1);
  expect(reasons()[0]).toBe("there are no node_modules");

  const before = installs();
  await project.prepare(environment, ["api", "worker"]);
  expect(installs()).toBe(before);

  await writeFile(join(project.directory, "api/package-lock.json"), `${files["api/package-lock.json"]}\n`);
  await project.prepare(environment, ["api"]);
  expect(reasons()).toContain("package-lock.json changed");
});

test("nothing is installed where every dependency is found in a folder above", async () => {
  project = await TestProject.create({
    ...files,
    "node_modules/tool/package.json": JSON.stringify({ name: "tool", version: "1.0.0" }),
    "node_modules/tool/index.js": `module.exports = "from above"`,
  });
  await project.up(services());
  expect(project.lines("api")).toEqual(["from above"]);
  expect(installs()).toBe(0);
});

test("an installation that fails is an error with the package manager's own words", async () => {
  project = await TestProject.create({ ...files, "api/package-lock.json": "{ broken" });
  await expect(project.up(services())).rejects.toMatchObject({ code: "INSTALL_FAILED" });
});

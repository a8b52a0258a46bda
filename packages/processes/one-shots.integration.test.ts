import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "@drydock/core";
import { testService } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { TestProject, testEngine } from "./test-engine.ts";

// Each run adds a line to a file in the volume.
const script = `require("node:fs").appendFileSync("/data/runs", "run\\n".repeat(1)); console.log("migrated")`;

const migrate = testService({
  name: "migrate",
  image: "node",
  command: ["node", "-e", script],
  mounts: [{ kind: "volume", source: "data", target: "/data", isReadOnly: false }],
});
const dependency = {
  service: "migrate",
  condition: "service_completed_successfully",
  isRequired: true,
  restart: false,
} as const;
const needy: Service = testService({ name: "needy", image: "node", command: ["node"], dependencies: [dependency] });

let project: TestProject;

afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

test("a one-shot is done at exit 0, in its volume, and stays done for the next session", async () => {
  project = await TestProject.create({});
  const environment = project.environment([migrate, needy], ["data"]);
  await project.up(environment, ["migrate"]);
  expect(await project.instances(environment, "migrate")).toMatchObject([{ state: "done", exitCode: 0 }]);
  expect(await readFile(join(project.directory, ".dev/volumes/data/runs"), "utf8")).toBe("run\n");

  const next = testEngine(project.directory);
  const observed = await next.observe(environment, project.life.signal);
  expect(observed.instances).toMatchObject([{ service: "migrate", state: "done", reason: "exit 0, before" }]);
  expect(observed.volumes).toEqual(["test_data"]);
  await next.close();
});

test("it has to be done again when the data that it was done to is removed", async () => {
  project = await TestProject.create({});
  const environment = project.environment([migrate, needy], ["data"]);
  await project.up(environment, ["migrate"]);
  const context = { environment, emit: () => undefined, signal: project.life.signal };
  const step = { id: "x", because: "", after: [] } as const;
  await project.engine.apply({ ...step, kind: "remove", service: "migrate", number: 1, instance: "" }, context);
  await project.engine.apply({ ...step, kind: "remove-volume", name: "test_data" }, context);
  expect(await project.engine.observe(environment, project.life.signal)).toMatchObject({ instances: [], volumes: [] });
});

test("one that fails is an error with the end of its log, and is not done", async () => {
  project = await TestProject.create({});
  const broken = testService({ ...migrate, command: ["node", "-e", `console.error("no index"); process.exit(4)`] });
  const environment = project.environment([broken, needy], ["data"]);
  await expect(project.up(environment, ["migrate"])).rejects.toMatchObject({
    code: "NOT_READY",
    message: "migrate did not become ready: it exited with code 4.",
    evidence: ["no index"],
  });
  const next = testEngine(project.directory);
  expect((await next.observe(environment, project.life.signal)).instances).toEqual([]);
  await next.close();
});

test("a running instance is seen as changed when its command would be another now", async () => {
  const { writeFile } = await import("node:fs/promises");
  const forever = 'CMD ["node", "-e", "setInterval(() => {}, 1000)"]';
  project = await TestProject.create({ "api/Dockerfile": `FROM node\n${forever}` });
  const build = { context: join(project.directory, "api"), dockerfile: "Dockerfile" };
  const environment = project.environment([testService({ name: "api", build })]);
  await project.up(environment);
  const [before] = await project.instances(environment, "api");
  await writeFile(join(project.directory, "api/Dockerfile"), `FROM node\nENV A=1\n${forever}`);
  const [after] = await project.instances(environment, "api");
  expect(after?.fingerprint).toBe(`${before?.fingerprint}:changed`);
});

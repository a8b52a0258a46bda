import type { Service } from "@drydock/core";
import { testService } from "@drydock/testing";
import { afterEach, expect, it } from "vitest";
import { portReader as api, TestProject } from "../test-engine.ts";

const server = `require("node:http").createServer((_, answer) => answer.end()).listen(process.env.PORT, "127.0.0.1");`;

let project: TestProject;

afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

async function answer(changed: Partial<Service>, others: readonly Service[] = []): Promise<boolean> {
  project = await TestProject.create({ "server.js": server });
  const environment = project.environment([{ ...api, ...changed }, ...others], ["files"]);
  await project.up(environment);
  return project.engine.canReplace("api", environment);
}

const other = (environment: Service["environment"]) => testService({ ...api, name: "other", environment });

it("can stand beside the one before, in all its replicas", async () => {
  expect(await answer({ replicas: 2 }, [other({ PORT: "4000", NAME: "api" })])).toBe(true);
});

const reasons: readonly (readonly [string, Partial<Service>, readonly Service[]])[] = [
  ["its port is published", { ports: [{ target: 3000, published: "0", protocol: "tcp" }] }, []],
  ["it says so", { dev: { pin: false, overlap: false } }, []],
  [
    "it keeps files in a named volume",
    { mounts: [{ kind: "volume", source: "files", target: "/files", isReadOnly: false }] },
    [],
  ],
  ["another service was told its address", {}, [other({ PORT: "4000", API: "http://api:3000/orders" })]],
  ["another service was told its port apart from its name", {}, [other({ PORT: "4000", API: "api:3000" })]],
  ["it listens on no port that is known", { command: ["sleep", "1000"], environment: {} }, []],
];

it.each(reasons)("cannot where %s", async (_, changed, others) => {
  expect(await answer(changed, others)).toBe(false);
});

it("cannot before it is ready, nor where it is not there", async () => {
  project = await TestProject.create({ "server.js": server });
  const environment = project.environment([api]);
  expect(await project.engine.canReplace("api", environment)).toBe(false);
  await project.prepare(environment, ["api"]);
  await project.start(environment, "api");
  await project.stop(environment, "api");
  expect(await project.engine.canReplace("api", environment)).toBe(false);
  expect(await project.engine.canReplace("nothing", environment)).toBe(false);
});

import { connect } from "node:net";
import { join } from "node:path";
import { testService } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { findProgram } from "../find-program.ts";
import { definedVariables, TestProject, testEngine } from "../test-engine.ts";

const program = await findProgram("redis-server", definedVariables(), "/");
const reason = program === undefined ? " (skipped: no redis-server on PATH)" : "";

describe.skipIf(program === undefined)(`the image redis without an engine${reason}`, () => {
  let project: TestProject;

  afterEach(async () => {
    expect(await project.remove()).toEqual([]);
  });

  const redis = testService({
    name: "redis",
    image: "redis:8",
    command: ["redis-server", "--appendonly", "yes", "--port", "6379"],
    mounts: [{ kind: "volume", source: "data", target: "/data", isReadOnly: false }],
  });

  it("is the program on PATH, on loopback, with its flags, and keeps its data in the volume", async () => {
    project = await TestProject.create({});
    const environment = project.environment([redis], ["data"]);
    await project.up(environment);
    expect(await project.instances(environment, "redis")).toMatchObject([
      { state: "ready", provider: "redis-server on PATH", addresses: [{ target: 6379, host: "127.0.0.1" }] },
    ]);
    const port = await project.port(environment, "redis");
    expect(await ask(port, "CONFIG GET appendonly")).toContain("yes");
    expect(await ask(port, "CONFIG GET dir")).toContain(join(project.directory, ".dev/volumes/data"));
    await ask(port, "SET greeting hello");
    await project.stop(environment, "redis");

    await project.start(environment, "redis");
    await project.ready(environment, "redis");
    expect(await ask(await project.port(environment, "redis"), "GET greeting")).toContain("hello");
  });

  it("is the program that the service names, or an error that says what was tried", async () => {
    project = await TestProject.create({});
    const named = testService({ ...redis, dev: { pin: false, provider: program ?? "" } });
    const environment = project.environment([named], ["data"]);
    await project.up(environment);
    expect(await project.instances(environment, "redis")).toMatchObject([{ provider: program }]);
    const missing = project.environment([testService({ ...redis, dev: { pin: false, provider: "./redis-server" } })]);
    await project.stop(environment, "redis");
    await expect(project.up(missing)).rejects.toMatchObject({
      code: "PROVIDER_MISSING",
      evidence: ["x-dev.provider is ./redis-server, which is no program on this machine"],
    });
  });

  it("is a server of ours when the service asks for it", async () => {
    project = await TestProject.create({});
    const engine = testEngine(project.directory, {
      embedded: [
        {
          kind: "redis",
          name: "embedded Redis",
          command: ({ address, dataDirectory, arguments: words }) => [
            program ?? "",
            ...words,
            "--port",
            String(address.port),
            "--dir",
            dataDirectory,
          ],
        },
      ],
    });
    const environment = project.environment(
      [testService({ ...redis, dev: { pin: false, provider: "embedded" } })],
      ["data"],
    );
    const context = { environment, emit: () => undefined, signal: project.life.signal };
    const step = { id: "x", because: "", after: [] } as const;
    await engine.apply({ ...step, kind: "prepare", services: ["redis"], build: false, forceRecreate: false }, context);
    await engine.apply({ ...step, kind: "start", service: "redis", number: 1 }, context);
    await engine.apply({ ...step, kind: "ready", service: "redis", goal: "ready" }, context);
    const { instances } = await engine.observe(environment, project.life.signal);
    expect(instances).toMatchObject([{ state: "ready", provider: "embedded Redis" }]);
    await engine.close();
  });
});

/** One inline command (Redis protocol specification, "Inline commands"). */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write(`${command}\r\n`));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once("error", reject);
  });
}

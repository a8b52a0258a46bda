import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { dockerForTests, remainsOf, StackFixture } from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";
const server = (text: string) =>
  `console.log("listening"); process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); require("http").createServer((_, res) => res.end("${text}")).listen(3000)`;

describe.skipIf(!docker)(`a stack on the docker engine${reason}`, () => {
  let stack: StackFixture | undefined;

  afterEach(async () => {
    const project = stack?.environment.project ?? "";
    await stack?.end();
    expect(await remainsOf(project)).toEqual([]);
  });

  it("is made, started, seen to be ready, told about, and taken away without a trace", async () => {
    if (!docker) return;
    stack = new StackFixture(docker, {
      redis: {
        compose: {
          image: "redis:8",
          healthcheck: { test: ["CMD", "redis-cli", "ping"], interval: "30s" },
          volumes: ["data:/data"],
        },
      },
      web: {
        compose: { image: "node:24-slim", command: ["node", "-e", server("hello")], expose: ["3000"] },
        core: { expose: [3000] },
      },
    });
    await stack.watch();
    await stack.prepare();
    expect((await stack.engine.observe(stack.environment, stack.signal)).instances.map(({ state }) => state)).toEqual([
      "stopped",
      "stopped",
    ]);

    await Promise.all(["redis", "web"].map((name) => stack?.start(name).then(() => stack?.ready(name))));
    const observed = await stack.engine.observe(stack.environment, stack.signal);
    expect(observed.instances.map(({ service, state }) => `${service} ${state}`).sort()).toEqual([
      "redis ready",
      "web ready",
    ]);
    expect(observed.networks).toEqual([`${stack.environment.project}_default`]);
    expect(observed.volumes).toEqual([`${stack.environment.project}_data`]);
    const web = observed.instances.find(({ service }) => service === "web");
    expect(web?.provider).toBe("image node:24-slim");
    const address = web?.addresses[0];
    if (docker.isDirect) expect(await (await fetch(`http://${address?.host}:${address?.port}`)).text()).toBe("hello");
    await eventually(() => stack?.logged("web").includes("listening"));

    for (const name of ["redis", "web"]) {
      await stack.stop(name);
      await stack.remove(name);
    }
    expect(stack.logged("web").at(-1)).toBe("bye");
    const { project } = stack.environment;
    await stack.engine.apply(
      { kind: "remove-network", id: "n", because: "test", after: [], name: `${project}_default` },
      stack.context,
    );
    await stack.engine.apply(
      { kind: "remove-volume", id: "v", because: "test", after: [], name: `${project}_data` },
      stack.context,
    );
    expect(await remainsOf(project)).toEqual([]);
    expect(stack.events.filter(({ kind }) => kind === "gone")).toHaveLength(2);
  });
});

import { chmodSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isFound } from "./docker-host.ts";
import { findDocker } from "./find-docker.ts";
import {
  dockerForTests,
  forever,
  node,
  remainsOf,
  type ServiceFixture,
  StackFixture,
} from "./fixtures/stack-fixture.ts";
import { findForeignCheckout } from "./foreign-checkout.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";

describe.skipIf(!docker)(`asking the docker engine${reason}`, () => {
  const stacks: StackFixture[] = [];

  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const stack of stacks.splice(0).reverse()) {
      await stack.end();
      expect(await remainsOf(stack.environment.project)).toEqual([]);
    }
  });

  async function startOne(fixture: ServiceFixture, host = docker): Promise<StackFixture> {
    if (!host) throw new Error("there is no engine");
    const stack = new StackFixture(host, { job: fixture });
    stacks.push(stack);
    await stack.prepare();
    await stack.start("job");
    return stack;
  }

  it("how busy containers are: a loop takes a core, a sleeper nothing", async () => {
    const stack = await startOne({ compose: node("for (;;);") });
    const [busy] = await stack.engine.usage(stack.environment, stack.signal);
    expect(busy).toMatchObject({ service: "job", number: 1 });
    expect(busy?.cpu).toBeGreaterThan(0.2);
    expect(busy?.cpu).toBeLessThan(1.5);
    expect(busy?.memoryBytes).toBeGreaterThan(1_000_000);
    const again = await stack.engine.usage(stack.environment, stack.signal);
    expect(again).toHaveLength(1);

    const idle = await startOne({ compose: node(forever) });
    await idle.ready("job");
    await idle.engine.usage(idle.environment, idle.signal);
    const [sleeper] = await idle.engine.usage(idle.environment, idle.signal);
    expect(sleeper?.cpu).toBeLessThan(0.3);
  });

  it("how to run a command inside, without showing a secret on the command line", async () => {
    const stack = await startOne({ compose: node(forever) });
    const request = { service: "job", number: 1, command: ["printenv", "TOKEN"], environment: { TOKEN: "s3cret" } };
    const { command, directory, environment } = await stack.engine.exec(request, stack.environment, stack.signal);
    expect(command.join(" ")).not.toContain("s3cret");
    const [program = "", ...words] = command;
    const { stdout } = await execa(program, words, { cwd: directory, env: environment });
    expect(stdout).toBe("s3cret");
    await stack.stop("job");
    await expect(stack.engine.exec(request, stack.environment, stack.signal)).rejects.toMatchObject({
      code: "NOT_RUNNING",
    });
  });

  it("why an instance is as it is", async () => {
    const stack = await startOne({
      compose: node('console.log("hello"); throw new Error("connect ECONNREFUSED 172.18.0.2:27017")'),
    });
    await stack.ready("job", "done").catch(() => undefined);
    const { facts, lastLines } = await stack.engine.explain("job", 1, stack.environment, stack.signal);
    expect(facts[0]).toBe("job is failed: exit 1.");
    expect(facts[1]).toContain("172.18.0.2:27017 does not answer");
    expect(lastLines).toContain("hello");
    const nobody = await stack.engine.explain("job", 2, stack.environment, stack.signal);
    expect(nobody.facts).toEqual(["job has no container: it was not made, or it was removed."]);
  });

  it("what the health check said last", async () => {
    const healthcheck = { test: ["CMD-SHELL", "echo all is well"], interval: "200ms" };
    const stack = await startOne({ compose: { ...node(forever), healthcheck } });
    await vi.waitFor(async () => {
      const { healthCheck } = await stack.engine.explain("job", 1, stack.environment, stack.signal);
      expect(healthCheck).toMatchObject({ isHealthy: true, output: "all is well" });
    }, 10_000);
  });

  it("what is left of the project that no file names, and takes it away", async () => {
    const stack = await startOne({ compose: node(forever) });
    const { project, directory } = stack.environment;
    const label = (key: string, value: string) => ["--label", `com.docker.compose.${key}=${value}`];
    await execa("docker", ["compose", "-p", project, "run", "-d", "job", "sleep", "100"], { cwd: directory });
    await execa("docker", [
      "create",
      ...label("project", project),
      ...label("service", "old"),
      ...label("container-number", "1"),
      "redis:8",
    ]);
    await execa("docker", ["network", "create", ...label("project", project), `${project}_old`]);
    const leftovers = await stack.engine.findLeftovers(stack.environment, stack.signal);
    expect(leftovers.map(({ kind }) => kind).sort()).toEqual(["container", "container", "network"]);
    expect(leftovers.map(({ label }) => label).join("\n")).toMatch(
      /the files have no service old[\s\S]*docker compose run[\s\S]*_old/,
    );
    for (const leftover of leftovers) await stack.engine.removeLeftover(leftover, stack.signal);
    expect(await stack.engine.findLeftovers(stack.environment, stack.signal)).toEqual([]);
    expect(["starting", "ready"]).toContain((await stack.instance("job"))?.state);
  });

  it("whether another checkout uses the name", async () => {
    if (!docker) return;
    const stack = await startOne({ compose: node(forever) });
    const { project, directory } = stack.environment;
    expect(await findForeignCheckout(docker, project, "/elsewhere", stack.signal)).toBe(directory);
    expect(await findForeignCheckout(docker, project, directory, stack.signal)).toBeUndefined();
    expect(await findForeignCheckout(docker, `${project}-none`, directory, stack.signal)).toBeUndefined();
  });

  it("who keeps a network or a volume from being removed", async () => {
    const stack = await startOne({ compose: { ...node(forever), volumes: ["data:/data"] } });
    const { project } = stack.environment;
    const step = { id: "x", because: "test", after: [] };
    const network = { ...step, kind: "remove-network", name: `${project}_default` } as const;
    await expect(stack.engine.apply(network, stack.context)).rejects.toMatchObject({
      code: "NETWORK_IN_USE",
      message: expect.stringContaining(`${project}-job-1`),
    });
    const volume = { ...step, kind: "remove-volume", name: `${project}_data` } as const;
    await expect(stack.engine.apply(volume, stack.context)).rejects.toMatchObject({ code: "VOLUME_IN_USE" });
    await stack.engine.apply({ ...network, name: `${project}_none` }, stack.context);
    await stack.engine.apply({ ...volume, name: `${project}_none` }, stack.context);
  });

  it("over ssh, as the docker CLI does it: one `docker system dial-stdio` for each connection", async () => {
    const plain = await startOne({ compose: node('console.log("hello")') });
    // In place of ssh: a program that leaves out where to go and gives the rest to a shell, as sshd does.
    const { directory } = plain.environment;
    writeFileSync(
      join(directory, "ssh"),
      '#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift 2\nunset DOCKER_HOST\nexec sh -c "$*"\n',
    );
    chmodSync(join(directory, "ssh"), 0o755);
    vi.stubEnv("PATH", `${directory}:${process.env.PATH}`);
    const answer = await findDocker({
      variables: { DOCKER_HOST: "ssh://me@build" },
      home: homedir(),
      signal: plain.signal,
    });
    if (!isFound(answer)) throw new Error(answer.tried[0]?.reason);
    expect(answer).toMatchObject({ version: docker?.version, isDirect: false });

    const stack = await startOne(
      {
        compose: {
          ...node(`console.log("far"); require("net").createServer().listen(3000); ${forever}`),
          expose: ["3000"],
        },
      },
      answer,
    );
    await stack.watch();
    await stack.ready("job");
    expect(await stack.instance("job")).toMatchObject({ state: "ready", reason: "port 3000 answers" });
    await vi.waitFor(() => expect(stack.logged("job")).toEqual(["far"]), 10_000);
    await stack.stop("job");
  });
});

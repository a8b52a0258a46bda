import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceFingerprint } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { dockerForTests, freePort, remainsOf, StackFixture } from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";
const redis = { image: "redis:8" };

describe.skipIf(!docker)(`preparing on the docker engine${reason}`, () => {
  const stacks: StackFixture[] = [];
  const images: string[] = [];
  const containers: string[] = [];

  afterEach(async () => {
    for (const stack of stacks.splice(0)) {
      await stack.end();
      expect(await remainsOf(stack.environment.project)).toEqual([]);
    }
    for (const id of containers.splice(0)) await execa("docker", ["rm", "-fv", id]);
    for (const image of images.splice(0)) await execa("docker", ["rmi", "-f", image]);
  });

  function makeStack(...rest: ConstructorParameters<typeof StackFixture> extends [unknown, ...infer R] ? R : never) {
    if (!docker) throw new Error("there is no engine");
    const stack = new StackFixture(docker, ...rest);
    stacks.push(stack);
    return stack;
  }

  it("keeps from what each container was made, and re-creates nothing the second time", async () => {
    const stack = makeStack({ redis: { compose: redis } });
    await stack.prepare();
    const first = await stack.instance("redis");
    expect(first?.fingerprint).toBe(stack.environment.services.map(serviceFingerprint)[0]);
    await stack.prepare();
    expect(await stack.instance("redis")).toEqual(first);
  });

  it("makes containers that a plain `docker compose up` later leaves as they are", async () => {
    const stack = makeStack({
      redis: { compose: { ...redis, ports: [`${await freePort()}:6379`], volumes: ["data:/data"] } },
    });
    await stack.prepare();
    await stack.start("redis");
    const made = await stack.instance("redis");
    const { project, directory } = stack.environment;
    await execa("docker", ["compose", "-p", project, "up", "-d"], { cwd: directory });
    expect((await stack.instance("redis"))?.id).toBe(made?.id);
  });

  it("re-creates what it is told to, and says that the new one is stopped", async () => {
    const stack = makeStack({ redis: { compose: redis } });
    await stack.prepare();
    await stack.start("redis");
    const before = await stack.instance("redis");
    await stack.prepare({ forceRecreate: true });
    const after = await stack.instance("redis");
    expect(after?.id).not.toBe(before?.id);
    expect(after?.state).toBe("stopped");
    expect(after?.fingerprint).toBe(before?.fingerprint);
    // The volume of its image was handed on, and goes with it.
    const names = "{{range .Mounts}}{{.Name}}{{end}}";
    const { stdout: inherited } = await execa("docker", ["inspect", "--format", names, after?.id ?? ""]);
    expect(inherited).toMatch(/^[0-9a-f]{64}$/);
    await stack.remove("redis");
    expect((await execa("docker", ["volume", "ls", "-q"], { lines: true })).stdout).not.toContain(inherited);
  });

  it("touches only the services that it is given", async () => {
    const stack = makeStack({
      redis: { compose: redis },
      web: { compose: { image: "nginx:1.30", depends_on: ["redis"] } },
    });
    await stack.prepare({ services: ["web"] });
    const { instances } = await stack.engine.observe(stack.environment, stack.signal);
    expect(instances.map(({ service }) => service)).toEqual(["web"]);
  });

  it("knows no fingerprint of a container whose image has another tag by now, nor of one that somebody else made", async () => {
    const image = `drydock-test-${process.pid}:tag`;
    images.push(image);
    await execa("docker", ["tag", "redis:8", image]);
    const stack = makeStack({ redis: { compose: { image } } });
    await stack.prepare();
    expect((await stack.instance("redis"))?.fingerprint).toBeDefined();
    await execa("docker", ["tag", "nginx:1.30", image]);
    expect((await stack.instance("redis"))?.fingerprint).toBeUndefined();

    const foreign = makeStack({ redis: { compose: redis } });
    const { project, directory } = foreign.environment;
    await execa("docker", ["compose", "-p", project, "create"], { cwd: directory });
    expect((await foreign.instance("redis"))?.fingerprint).toBeUndefined();
  });

  it("builds what is not here, tells how it goes, and shows the end of a build that fails", async () => {
    const build = { context: ".", dockerfile: "Dockerfile" };
    const stack = makeStack({ app: { compose: { build: "." }, core: { build } } });
    const { directory, project } = stack.environment;
    images.push(`${project}-app`);
    const dockerfile = join(directory, "Dockerfile");
    writeFileSync(dockerfile, "FROM node:24-slim\nRUN echo this is why && exit 3\n");
    await expect(stack.prepare()).rejects.toMatchObject({
      code: "BUILD_FAILED",
      evidence: expect.arrayContaining([expect.stringContaining("this is why")]),
    });
    writeFileSync(dockerfile, 'FROM node:24-slim\nCMD ["node", "--version"]\n');
    await stack.prepare();
    expect(stack.events.some((event) => event.kind === "progress" && event.task === "build app")).toBe(true);
    const first = await stack.instance("app");
    writeFileSync(dockerfile, 'FROM node:24-slim\nCMD ["node", "-p", "1"]\n');
    await stack.prepare();
    expect((await stack.instance("app"))?.id).toBe(first?.id);
    await stack.prepare({ build: true });
    expect((await stack.instance("app"))?.id).not.toBe(first?.id);
  });

  it("pulls what is not here from its registry, tells how it goes, and says why when it cannot", async () => {
    const port = await freePort();
    const registry = await execa("docker", ["run", "-d", "-p", `127.0.0.1:${port}:5000`, "registry:2"]);
    containers.push(registry.stdout);
    // Its port is open before it listens: what was asked too soon may never be answered, and is asked again.
    const ask = () => fetch(`http://127.0.0.1:${port}/v2/`, { signal: AbortSignal.timeout(2_000) });
    await eventually(async () => (await ask().catch(() => undefined))?.ok);
    const image = `127.0.0.1:${port}/drydock/empty:${process.pid}`;
    // Nothing runs it here: an archive without files does, and is pushed in no time.
    await execa("docker", ["import", "--change", 'CMD ["none"]', "-", image], { input: Buffer.alloc(1024) });
    await execa("docker", ["push", "-q", image]);
    await execa("docker", ["rmi", image]);
    const stack = makeStack({ cache: { compose: { image } } });
    await stack.prepare();
    images.push(image);
    expect(stack.events.some((event) => event.kind === "progress" && event.task === `pull ${image}`)).toBe(true);
    expect((await stack.instance("cache"))?.state).toBe("stopped");

    const missing = `127.0.0.1:${port}/drydock/none:1`;
    const other = makeStack({ cache: { compose: { image: missing } } });
    await expect(other.prepare()).rejects.toMatchObject({
      code: "PULL_FAILED",
      message: expect.stringContaining(missing),
    });
    const never = makeStack({ cache: { compose: { image: missing, pull_policy: "never" } } });
    await expect(never.prepare()).rejects.toMatchObject({ code: "IMAGE_MISSING" });
  });

  it("says what Compose said when it refuses", async () => {
    const stack = makeStack({ redis: { compose: { ...redis, networks: ["gone"] } } });
    await expect(stack.prepare()).rejects.toMatchObject({
      code: "COMPOSE_FAILED",
      message: expect.stringContaining("undefined network gone"),
    });
  });
});

import type { Dependency } from "@drydock/core";
import { afterEach, describe, expect, it } from "vitest";
import {
  dockerForTests,
  forever,
  node,
  remainsOf,
  type ServiceFixture,
  StackFixture,
} from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";
const completion: Dependency = {
  service: "job",
  condition: "service_completed_successfully",
  isRequired: true,
  restart: false,
};
const later = (ms: number) => `setTimeout(() => require("http").createServer((_, r) => r.end()).listen(3000), ${ms})`;

describe.skipIf(!docker)(`waiting for services on the docker engine${reason}`, () => {
  let stack: StackFixture | undefined;

  afterEach(async () => {
    const project = stack?.environment.project ?? "";
    await stack?.end();
    stack = undefined;
    expect(await remainsOf(project)).toEqual([]);
  });

  async function startOne(fixture: ServiceFixture, more: Record<string, ServiceFixture> = {}): Promise<StackFixture> {
    if (!docker) throw new Error("there is no engine");
    stack = new StackFixture(docker, { job: fixture, ...more });
    await stack.prepare();
    await stack.start("job");
    return stack;
  }

  it("sees a health check pass long before the engine's own interval is over", async () => {
    const check = { test: ["CMD", "redis-cli", "ping"], interval: "30s" };
    const stack = await startOne({ compose: { image: "redis:8", healthcheck: check } });
    await stack.ready("job");
    const instance = await stack.instance("job");
    expect(instance).toMatchObject({ state: "ready", reason: "health check passed" });
  });

  it("asks a mongod itself what its check would ask (by a stand-in for the driver), and runs the check where it is no member yet", async () => {
    if (!docker) throw new Error("there is no engine");
    const answers = ["other", "member", "primary"] as const;
    const asked: string[] = [];
    const memberState = async ({ port }: { readonly port: number }) => {
      asked.push(String(port));
      return answers[asked.length - 1] ?? "primary";
    };
    const test = ["CMD", "mongosh", "--quiet", "--eval", "quit(db.hello().isWritablePrimary ? 0 : 1)"];
    const compose = {
      image: "mongo:8",
      command: ["mongod", "--replSet", "rs0", "--bind_ip_all"],
      healthcheck: { test, interval: "30s" },
    };
    stack = new StackFixture(docker, { job: { compose } }, undefined, { memberState });
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    expect(await stack.instance("job")).toMatchObject({ state: "ready", reason: "it takes writes" });
    expect(asked).toEqual(["27017", "27017", "27017"]);
  });

  it("runs a shell health check, and shows what it says meanwhile", async () => {
    const test = ["CMD-SHELL", "test -f /tmp/ok || { echo not yet there; exit 1; }"];
    const script = 'setTimeout(() => require("fs").writeFileSync("/tmp/ok", ""), 1500); setInterval(() => {}, 1e3)';
    const stack = await startOne({ compose: { ...node(script), healthcheck: { test, interval: "30s" } } });
    await stack.ready("job");
    const reasons = stack.events.flatMap((event) => (event.kind === "instance" ? [event.instance.reason] : []));
    expect(reasons).toContain("health check: not yet there");
    expect(reasons.at(-1)).toBe("health check passed");
  });

  it("takes the engine's word where that comes first", async () => {
    // The check passes only from the second time on: the first is ours, the second may be either's.
    const test = ["CMD-SHELL", "test -f /tmp/seen || { touch /tmp/seen; exit 1; }"];
    const check = { test, interval: "1s", start_period: "5s", start_interval: "200ms" };
    const stack = await startOne({ compose: { ...node(forever), healthcheck: check } });
    await stack.ready("job");
    expect((await stack.instance("job"))?.state).toBe("ready");
  });

  it("waits for the first port that the Compose file names", async () => {
    const stack = await startOne({ compose: { ...node(later(500)), expose: ["3000"] }, core: { expose: [3000] } });
    expect((await stack.instance("job"))?.state).toBe("starting");
    await stack.ready("job");
    expect(await stack.instance("job")).toMatchObject({ state: "ready", reason: "port 3000 answers" });
  });

  it("looks inside where the container has no network of its own to connect to", async () => {
    const compose = { ...node(later(300)), network_mode: "none" };
    const stack = await startOne({ compose, core: { expose: [3000] } });
    await stack.ready("job");
    expect(await stack.instance("job")).toMatchObject({ state: "ready", reason: "port 3000 answers" });
  });

  it("is content with a second of running where there is nothing to ask", async () => {
    const stack = await startOne({ compose: node(forever) });
    const begunAt = Date.now();
    await stack.ready("job");
    expect(Date.now() - begunAt).toBeLessThan(3_000);
    expect(await stack.instance("job")).toMatchObject({ state: "ready", reason: "runs for 1 s" });
  });

  it("says at once that a service ended, with the end of its log and the likely cause", async () => {
    const stack = await startOne({
      compose: { ...node('require("express")'), expose: ["3000"] },
      core: { expose: [3000] },
    });
    await expect(stack.ready("job")).rejects.toMatchObject({
      code: "NOT_READY",
      message: "job did not become ready: it ended with exit 1.",
      hint: expect.stringContaining("npm install express"),
      evidence: expect.arrayContaining([expect.stringContaining("Cannot find module 'express'")]),
    });
    expect(await stack.instance("job")).toMatchObject({ state: "failed", exitCode: 1 });
  });

  it("gives up on a service that the engine starts again when it has ended three times", async () => {
    const compose = {
      ...node('setTimeout(() => { console.log("no luck"); process.exit(7); }, 50)'),
      restart: "always",
    };
    const stack = await startOne({
      compose: { ...compose, expose: ["3000"] },
      core: { expose: [3000], restart: { kind: "always" } },
    });
    await expect(stack.ready("job")).rejects.toMatchObject({
      code: "NOT_READY",
      message: expect.stringMatching(/it ended with exit 7, 3 times in \d+ s/),
      evidence: expect.arrayContaining(["no luck"]),
    });
  });

  it("fails when the engine calls it unhealthy, with what the health check said", async () => {
    const check = { test: ["CMD-SHELL", "echo database is locked; exit 1"], interval: "200ms", retries: 2 };
    const stack = await startOne({ compose: { ...node(forever), healthcheck: check } });
    await expect(stack.ready("job")).rejects.toMatchObject({
      code: "NOT_READY",
      message: expect.stringMatching(/is unhealthy: its health check .* failed 2 times, last with: database is locked/),
    });
    expect((await stack.instance("job"))?.state).toBe("unhealthy");
  });

  it("waits for a one-shot to be done, and takes it as done afterwards", async () => {
    const after = { after: { compose: { image: "redis:8" }, core: { dependencies: [completion] } } };
    const stack = await startOne({ compose: node('setTimeout(() => console.log("migrated"), 300)') }, after);
    await stack.ready("job", "done");
    expect(await stack.instance("job")).toMatchObject({ state: "done", reason: "exit 0" });
    await stack.ready("job", "done");
  });

  it("fails with the log of a one-shot that fails", async () => {
    const stack = await startOne({ compose: node('console.error("no such table"); process.exit(2)') });
    await expect(stack.ready("job", "done")).rejects.toMatchObject({
      code: "NOT_DONE",
      message: "job did not finish: it ended with exit 2.",
      evidence: ["no such table"],
    });
  });

  it("waits for every replica", async () => {
    if (!docker) return;
    const compose = { ...node(later(200)), expose: ["3000"], scale: 3 };
    stack = new StackFixture(docker, { job: { compose, core: { expose: [3000], replicas: 3 } } });
    await stack.prepare();
    await Promise.all([1, 2, 3].map((number) => stack?.start("job", number)));
    await stack.ready("job");
    const { instances } = await stack.engine.observe(stack.environment, stack.signal);
    expect(instances.map(({ number, state }) => `${number} ${state}`).sort()).toEqual([
      "1 ready",
      "2 ready",
      "3 ready",
    ]);
  });

  it("says which program is missing when a container cannot even be started", async () => {
    if (!docker) return;
    stack = new StackFixture(docker, { job: { compose: { image: "redis:8", entrypoint: ["nonesuch"] } } });
    await stack.prepare();
    await expect(stack.start("job")).rejects.toMatchObject({
      code: "START_FAILED",
      hint: expect.stringContaining("not in the image"),
    });
  });

  it("ends when its signal is aborted", async () => {
    const stack = await startOne({
      compose: { ...node(forever), expose: ["3000"] },
      core: { expose: [3000] },
    });
    const signal = AbortSignal.timeout(300);
    const step = { kind: "ready", id: "r", because: "test", after: [], service: "job", goal: "ready" } as const;
    await expect(stack.engine.apply(step, { ...stack.context, signal })).rejects.toThrow(/abort|timeout/i);
  });

  it("is known by a second engine as well, without waiting", async () => {
    const first = await startOne({ compose: { ...node(later(0)), expose: ["3000"] }, core: { expose: [3000] } });
    await first.ready("job");
    if (!docker) return;
    const second = new StackFixture(docker, {}, first);
    expect(await second.instance("job")).toMatchObject({ state: "ready", reason: "port 3000 answers" });
    await second.engine.close();
  });
});

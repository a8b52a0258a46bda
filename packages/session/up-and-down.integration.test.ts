import { readFile } from "node:fs/promises";
import { DevError } from "@drydock/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { down } from "./down.ts";
import { type FakeSession, openFakeSession, shopCompose, upRequest } from "./fixtures/fake-session.ts";
import { up } from "./up.ts";

const signal = new AbortController().signal;
const quiet = () => undefined;

describe("up and down, with real files and an engine in memory", () => {
  let fake: FakeSession;

  beforeEach(async () => {
    fake = await openFakeSession(shopCompose);
  });

  afterEach(() => fake.close());

  it("prepares, starts in order, and reports the chain that it waited for", async () => {
    const result = await up(fake.session, upRequest(fake.source), quiet, signal);
    expect(fake.engine.applied).toEqual([
      "prepare mongo, migrate, api",
      "start mongo.1",
      "wait until mongo is ready",
      "start migrate.1",
      "wait until migrate is done",
      "start api.1",
      "start api.2",
      "wait until api is ready",
    ]);
    expect(result.status.services.map(({ name, instances }) => [name, instances[0]?.state])).toEqual([
      ["mongo", "ready"],
      ["migrate", "done"],
      ["api", "ready"],
    ]);
    const last = fake.events.find((event) => event.kind === "up");
    expect(last?.kind === "up" && last.criticalChain.map((link) => link.name)).toEqual([
      "prepare",
      "mongo",
      "migrate",
      "api",
    ]);
    expect(result.status.url).toBe("http://localhost:3000");
  });

  it("has nothing to do the second time", async () => {
    await up(fake.session, upRequest(fake.source), quiet, signal);
    fake.engine.applied.length = 0;
    const result = await up(fake.session, upRequest(fake.source), quiet, signal);
    expect(fake.engine.applied).toEqual([]);
    expect(result.changed).toBe(false);
  });

  it("replaces only what changed in the files", async () => {
    await up(fake.session, upRequest(fake.source), quiet, signal);
    fake.engine.applied.length = 0;
    await fake.writeCompose(shopCompose.replace("mongo:8", "mongo:9"));
    await up(fake.session, upRequest(fake.source), quiet, signal);
    expect(fake.engine.applied).toEqual([
      "stop mongo.1",
      "prepare mongo",
      "start mongo.1",
      "wait until mongo is ready",
    ]);
  });

  it("changes nothing on a dry run", async () => {
    const result = await up(fake.session, upRequest(fake.source, { dryRun: true }), quiet, signal);
    expect(result.plan).toHaveLength(8);
    expect(fake.engine.applied).toEqual([]);
  });

  it("shows no plan on a dry run that `up` would refuse", async () => {
    fake.engine.refusal = new DevError("PROVIDER_MISSING", "mongo needs MongoDB.");
    const seen: string[] = [];
    const running = up(fake.session, upRequest(fake.source, { dryRun: true }), ({ kind }) => seen.push(kind), signal);
    expect(await failure(running)).toBe(fake.engine.refusal);
    expect(seen).not.toContain("plan");
  });

  it("lets the rest come up when one service fails, says what waits for it, and throws its error", async () => {
    fake.engine.failing.add("migrate");
    const error = await failure(up(fake.session, upRequest(fake.source), quiet, signal));
    expect(error).toMatchObject({ code: "NOT_READY", message: "migrate did not become ready: it exited with code 1." });
    expect(fake.session.board.get("mongo", 1)?.state).toBe("ready");
    expect(fake.session.board.get("api", 1)).toMatchObject({ state: "waiting", reason: "waits for migrate" });
  });

  it("tells every mistake of the files at once and starts nothing", async () => {
    await fake.writeCompose("services:\n  api:\n    imag: x\n    depnds_on: [a]\n");
    const error = await failure(up(fake.session, upRequest(fake.source), quiet, signal));
    expect(error).toMatchObject({ code: "BAD_CONFIGURATION", exitCode: 2 });
    expect(error.problems.length).toBeGreaterThanOrEqual(2);
    expect(fake.engine.applied).toEqual([]);
  });

  it("ends a stack that takes too long with exit code 4", async () => {
    fake.engine.apply = (_step, context) =>
      new Promise((_, reject) => context.signal.addEventListener("abort", () => reject(context.signal.reason)));
    const error = await failure(up(fake.session, upRequest(fake.source, { timeoutMs: 30 }), quiet, signal));
    expect(error).toMatchObject({ code: "TIMED_OUT", exitCode: 4 });
  });

  it("takes everything down and names what a crash had left", async () => {
    await up(fake.session, upRequest(fake.source), quiet, signal);
    fake.engine.leftovers = [{ kind: "process", id: "1", label: "process 1: node stray.js" }];
    const request = { source: fake.source, volumes: false, removeOrphans: true, dryRun: false };
    const result = await down(fake.session, request, quiet, signal);
    expect(result.cleaned).toEqual(["process 1: node stray.js"]);
    expect(await fake.engine.observe()).toMatchObject({ instances: [], networks: [] });
    expect(fake.session.board.all).toEqual([]);
  });

  it("does not say that all is gone when something stays", async () => {
    await up(fake.session, upRequest(fake.source), quiet, signal);
    const apply = fake.engine.apply.bind(fake.engine);
    fake.engine.apply = async (step, context) => {
      if (step.kind === "remove" && step.service === "mongo") throw new Error("device is busy");
      return apply(step, context);
    };
    const request = { source: fake.source, volumes: false, removeOrphans: true, dryRun: false };
    const error = await failure(down(fake.session, request, quiet, signal));
    expect(error.code).toBe("LEFT_BEHIND");
    expect(error.evidence.join("\n")).toContain("mongo.1");
    expect(error.evidence.join("\n")).toContain("device is busy");
  });

  it("records the project and its engine before anything starts", async () => {
    fake.engine.failing.add("mongo");
    await failure(up(fake.session, upRequest(fake.source), quiet, signal));
    expect(JSON.parse(await readFile(fake.folder.session, "utf8"))).toMatchObject({ project: "shop", engine: "local" });
  });
});

async function failure(promise: Promise<unknown>): Promise<DevError> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

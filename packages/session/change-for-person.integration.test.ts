import type { DevError, DevEvent } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSession, openFakeSession, upRequest } from "./fixtures/fake-session.ts";
import { liveSupervisor } from "./live-supervisor.ts";
import type { Supervisor } from "./supervisor.ts";

const signal = new AbortController().signal;
const quiet = () => undefined;

const compose = `name: shop
services:
  api: { image: "node:24-slim" }
  other: { image: "node:24-slim" }
  web:
    image: node:24-slim
    depends_on: { api: { condition: service_healthy } }
`;

describe("while up waits for a service that does not become ready", () => {
  let fake: FakeSession;
  let supervisor: Supervisor;
  /** What hangs becomes ready when its number of starts is this. */
  let readyAtStart: number;
  let up: Promise<unknown>;

  beforeEach(async () => {
    fake = await openFakeSession(compose);
    supervisor = liveSupervisor(fake.session);
    readyAtStart = 2;
    letHang();
    up = supervisor.up(upRequest(fake.source), quiet, signal);
    up.catch(() => undefined);
    await eventually(async () => stateOf("other") === "ready" && fake.session.waits.canCutIn(["api"]), 5_000);
  });

  afterEach(async () => {
    await supervisor
      .down({ source: fake.source, volumes: false, removeOrphans: true, dryRun: false }, quiet, signal)
      .catch(() => undefined);
    await fake.close();
  });

  it("a restart of it is done at once, and up goes on with what is there then", async () => {
    await supervisor.restart({ services: ["api"] }, quiet, signal);
    await up;
    expect(fake.engine.applied.slice(-6)).toEqual([
      "stop api.1",
      "start api.1",
      "wait until api is ready",
      "wait until api is ready",
      "start web.1",
      "wait until web is ready",
    ]);
    expect(fake.session.isChanging).toBe(false);
  });

  it("a stop of it is done at once, and up ends and says so", async () => {
    await supervisor.stop({ services: ["api"] }, quiet, signal);
    expect(stateOf("api")).toBe("stopped");
    expect(await failure(up)).toMatchObject({
      code: "STOPPED_MEANWHILE",
      message: "api was stopped while it was waited for: `dev stop`, or the screen, did it.",
    });
    expect(fake.session.board.get("web", 1)).toMatchObject({ state: "waiting", reason: "waits for api" });
    expect(stateOf("other")).toBe("ready");
  });

  it("a restart that waits as long gives way to the next", async () => {
    readyAtStart = 3;
    const first = supervisor.restart({ services: ["api"] }, quiet, signal);
    await eventually(async () => starts() === 2 && fake.session.waits.canCutIn(["api"]), 5_000);
    await supervisor.restart({ services: ["api"] }, quiet, signal);
    await Promise.all([first, up]);
    expect(starts()).toBe(3);
  });

  it("a stop ends a restart that waits as long, and up", async () => {
    readyAtStart = 9;
    const restart = supervisor.restart({ services: ["api"] }, quiet, signal);
    await eventually(async () => starts() === 2 && fake.session.waits.canCutIn(["api"]), 5_000);
    await Promise.all([
      supervisor.stop({ services: ["api"] }, quiet, signal),
      expect(restart).rejects.toMatchObject({ code: "STOPPED_MEANWHILE" }),
      expect(up).rejects.toMatchObject({ code: "STOPPED_MEANWHILE" }),
    ]);
  });

  it("whoever restarts it and goes away leaves the waiting to up", async () => {
    readyAtStart = 9;
    const client = new AbortController();
    const restart = supervisor.restart({ services: ["api"] }, quiet, client.signal);
    await eventually(async () => starts() === 2 && fake.session.waits.canCutIn(["api"]), 5_000);
    client.abort(new Error("gone"));
    await expect(restart).rejects.toThrow("gone");
    await eventually(async () => fake.session.waits.canCutIn(["api"]), 5_000);
    readyAtStart = 3;
    await supervisor.restart({ services: ["api"] }, quiet, signal);
    await up;
  });

  it("a change of another service comes after up, and says what that waits for and what ends it", async () => {
    const seen: DevEvent[] = [];
    const restart = supervisor.restart({ services: ["api", "other"] }, (event) => seen.push(event), signal);
    expect(seen.find((event) => event.kind === "notice")).toMatchObject({
      message: "This comes after what is under way, which waits for api (starting: just started).",
      hint: "`dev restart api` is done at once; `dev stop api` ends that, `dev down` ends all.",
    });
    expect(fake.engine.applied).not.toContain("stop other.1");
    await supervisor.restart({ services: ["api"] }, quiet, signal);
    await Promise.all([up, restart]);
    expect(fake.engine.applied).toContain("stop other.1");
  });

  it("down ends a restart that waits, and up", async () => {
    readyAtStart = 9;
    const restart = supervisor.restart({ services: ["api"] }, quiet, signal);
    await eventually(async () => starts() === 2 && fake.session.waits.canCutIn(["api"]), 5_000);
    const request = { source: fake.source, volumes: false, removeOrphans: true, dryRun: false };
    await Promise.all([
      supervisor.down(request, quiet, signal),
      expect(restart).rejects.toMatchObject({ code: "TAKEN_DOWN" }),
      expect(up).rejects.toMatchObject({ code: "TAKEN_DOWN" }),
    ]);
    expect(fake.session.board.all).toEqual([]);
  });

  const stateOf = (service: string) => fake.session.board.get(service, 1)?.state;
  const starts = () => fake.engine.applied.filter((label) => label === "start api.1").length;

  function letHang(): void {
    const apply = fake.engine.apply.bind(fake.engine);
    fake.engine.apply = async (step, context) => {
      if (step.kind === "ready" && step.service === "api" && starts() < readyAtStart)
        return new Promise<void>((_, reject) => {
          context.signal.addEventListener("abort", () => reject(context.signal.reason), { once: true });
        });
      return apply(step, context);
    };
  }
});

async function failure(promise: Promise<unknown>): Promise<DevError> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

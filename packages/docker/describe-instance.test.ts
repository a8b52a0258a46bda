import type { Environment } from "@drydock/core";
import { describe, expect, it } from "vitest";
import type { Container } from "./container.ts";
import { describeInstance, type Knowledge } from "./describe-instance.ts";

const container: Container = {
  id: "c1",
  name: "shop-api-1",
  labels: { "com.docker.compose.service": "api", "com.docker.compose.container-number": "1" },
  image: "node:24-slim",
  imageId: "sha256:1",
  status: "running",
  processId: 4711,
  exitCode: 0,
  isOutOfMemory: false,
  error: "",
  startedAt: "2026-11-25T10:00:00.5Z",
  finishedAt: "",
  restartCount: 0,
  exposed: [{ port: 3000, protocol: "tcp" }],
  published: [],
  wantedPorts: [],
  networks: [{ name: "shop_default", ip: "172.18.0.2", gateway: "172.18.0.1" }],
  networkMode: "shop_default",
  restartPolicy: "no",
  hasTerminal: false,
};
const plain = {
  environment: {},
  dependencies: [],
  ports: [],
  expose: [],
  mounts: [],
  replicas: 1,
  profiles: [],
  watch: [],
};
const service = (name: string, more = {}) => ({
  ...plain,
  name,
  restart: { kind: "no" as const },
  stopSignal: "SIGTERM",
  stopGracePeriodMs: 10_000,
  dev: { pin: false },
  definition: {},
  ...more,
});
const stack = (...services: ReturnType<typeof service>[]): Environment => ({
  project: "shop",
  directory: "/shop",
  files: [],
  profiles: [],
  envFiles: [],
  networks: [],
  volumes: [],
  services,
});
const nobody = { publishedHost: "127.0.0.1", ownAddresses: new Set<string>() };
const say = (change: Partial<Container>, knowledge: Partial<Knowledge> = {}, environment = stack(service("api"))) => {
  const instance = describeInstance(
    { ...container, ...change },
    { isStoppedByUs: false, ...knowledge },
    environment,
    nobody,
  );
  return `${instance.state}: ${instance.reason}`;
};
const health = (status: "starting" | "healthy" | "unhealthy", output = "") => ({
  health: { status, failingStreak: 1, log: output ? [{ endedAt: 0, exitCode: 1, output }] : [] },
});

describe("a running container", () => {
  it("is ready only where a probe of this very run succeeded, or the engine calls it healthy", () => {
    expect(say({})).toBe("starting: not answered yet");
    expect(say({}, { readyRun: container.startedAt, readyReason: "port 3000 answers" })).toBe(
      "ready: port 3000 answers",
    );
    expect(say({}, { readyRun: "an earlier run", readyReason: "port 3000 answers" })).toBe(
      "starting: not answered yet",
    );
    expect(say(health("healthy"))).toBe("ready: healthy");
  });

  it("says what its health check says", () => {
    expect(say(health("starting"))).toBe("starting: health check: not run yet");
    expect(say(health("unhealthy", "warming up\nconnection refused"))).toBe(
      "unhealthy: health check: connection refused",
    );
  });

  it("is unhealthy although a probe succeeded before", () => {
    expect(say(health("unhealthy", "no"), { readyRun: container.startedAt })).toBe("unhealthy: health check: no");
  });
});

describe("a container that ended", () => {
  const ended = (exitCode: number, more: Partial<Container> = {}) => ({ status: "exited" as const, exitCode, ...more });

  it("failed with any other exit code than 0", () => {
    expect(say(ended(1))).toBe("failed: exit 1");
    expect(say(ended(137, { isOutOfMemory: true }))).toBe("failed: exit 137, out of memory");
  });

  it("was stopped where it was told to", () => {
    expect(say(ended(143))).toBe("stopped: stopped, exit 143");
    expect(say(ended(137), { isStoppedByUs: true })).toBe("stopped: stopped, exit 137");
    expect(say(ended(137))).toBe("failed: exit 137");
  });

  it("is done at exit 0 where others wait for it to complete, even when it was asked to stop", () => {
    const waiting = { service: "api", condition: "service_completed_successfully", isRequired: true, restart: false };
    const environment = stack(service("api"), service("web", { dependencies: [waiting] }));
    expect(say(ended(0), { isStoppedByUs: true }, environment)).toBe("done: exit 0");
  });

  it("is done at exit 0 where nothing says that it is a server", () => {
    expect(say(ended(0))).toBe("done: exit 0");
    expect(say(ended(0), {}, stack(service("api", { expose: [3000] })))).toBe("stopped: exit 0");
    expect(say(ended(0, { restartPolicy: "always" }))).toBe("stopped: exit 0");
  });
});

it("tells apart created, paused, restarting and dead", () => {
  expect(say({ status: "created", startedAt: "" })).toBe("stopped: created");
  expect(say({ status: "created", startedAt: "", error: "no such file" })).toBe("failed: no such file");
  expect(say({ status: "paused" })).toBe("unhealthy: paused (docker unpause shop-api-1)");
  expect(say({ status: "restarting", exitCode: 2 })).toBe("restarting: exit 2, starts again soon");
  expect(say({ status: "dead" })).toBe("failed: dead: the engine could not remove it");
});

it("shows real addresses: published ports once, its own address where this machine is on its network", () => {
  const published = [
    { target: 80, protocol: "tcp" as const, hostIp: "0.0.0.0", port: 8081 },
    { target: 80, protocol: "tcp" as const, hostIp: "::", port: 8081 },
  ];
  const from = { publishedHost: "127.0.0.1", ownAddresses: new Set(["172.18.0.1"]) };
  const addresses = describeInstance(
    { ...container, published },
    { isStoppedByUs: false },
    stack(service("api")),
    from,
  ).addresses;
  expect(addresses).toEqual([
    { target: 80, host: "127.0.0.1", port: 8081, isPublished: true },
    { target: 3000, host: "172.18.0.2", port: 3000, isPublished: false },
  ]);
});

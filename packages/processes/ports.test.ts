import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { assignPort, type PortMarket } from "./assign-ports.ts";
import { containerPorts, publishedPorts } from "./container-ports.ts";
import type { PortAnswer } from "./free-port.ts";

const port = (target: number, published?: string) => ({
  target,
  protocol: "tcp" as const,
  ...(published === undefined ? {} : { published }),
});
const market = (answers: Record<number, PortAnswer> = {}, given: readonly number[] = []): PortMarket => ({
  ask: async (asked) => answers[asked] ?? "free",
  findFree: async () => 50_000,
  isGiven: (asked) => given.includes(asked),
});

test("container ports come from ports, expose and the Dockerfile, then the server, then PORT", () => {
  const none = { exposed: [], defaults: [] };
  const service = testService({
    name: "a",
    ports: [port(80, "8080"), { ...port(53), protocol: "udp" }],
    expose: [9000],
  });
  expect(containerPorts(service, { exposed: [80, 3000], defaults: [1] })).toEqual([80, 9000, 3000]);
  expect(containerPorts(testService({ name: "a" }), { exposed: [], defaults: [6379] })).toEqual([6379]);
  expect(containerPorts(testService({ name: "a", environment: { PORT: "3000" } }), none)).toEqual([3000]);
  expect(containerPorts(testService({ name: "a", environment: { PORT: "http" } }), none)).toEqual([]);
});

test("a published range is all of its ports", () => {
  expect(publishedPorts(testService({ name: "a", ports: [port(80, "8000-8002")] }), 80)).toEqual([8000, 8001, 8002]);
});

test("the published port is taken when it is free", async () => {
  const service = testService({ name: "a", ports: [port(80, "8080")] });
  expect(await assignPort({ service, number: 1, target: 80, last: 9999 }, market())).toEqual({ port: 8080 });
});

test("a range gives its first free port", async () => {
  const service = testService({ name: "a", ports: [port(80, "8000-8002")] });
  const wish = { service, number: 1, target: 80, last: undefined };
  expect(await assignPort(wish, market({ 8000: "taken" }))).toEqual({ port: 8001 });
});

test("a taken published port moves and says so, a pinned one does not", async () => {
  const service = testService({ name: "a", ports: [port(3000, "8080")] });
  const wish = { service, number: 1, target: 3000, last: undefined };
  expect(await assignPort(wish, market({ 8080: "taken" }))).toEqual({
    port: 3000,
    instead: { port: 8080, why: "taken" },
  });
  const pinned = { ...service, dev: { pin: true } };
  expect(await assignPort({ ...wish, service: pinned }, market({ 8080: "taken" }))).toBe("taken");
});

test("a port that needs rights moves to 8080 and 8443", async () => {
  const service = testService({ name: "a", ports: [port(80, "80"), port(443, "443")] });
  const shut = market({ 80: "forbidden", 443: "forbidden" });
  expect(await assignPort({ service, number: 1, target: 80, last: undefined }, shut)).toMatchObject({ port: 8080 });
  expect(await assignPort({ service, number: 1, target: 443, last: undefined }, shut)).toMatchObject({ port: 8443 });
});

test("what is not published keeps its port of the last time, then its own, then any", async () => {
  const service = testService({ name: "a" });
  const wish = { service, number: 1, target: 3000, last: 4000 };
  expect(await assignPort(wish, market())).toEqual({ port: 4000 });
  expect(await assignPort(wish, market({ 4000: "taken" }))).toEqual({ port: 3000 });
  expect(await assignPort(wish, market({ 4000: "taken" }, [3000]))).toEqual({ port: 50_000 });
});

test("only one of several replicas may have the published port", async () => {
  const service = testService({ name: "a", replicas: 2, ports: [port(3000, "8080")] });
  expect(await assignPort({ service, number: 1, target: 3000, last: undefined }, market())).toEqual({ port: 8080 });
  expect(await assignPort({ service, number: 2, target: 3000, last: undefined }, market())).toEqual({ port: 50_000 });
});

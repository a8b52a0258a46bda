import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { type AskPort, chooseFrontPorts, type FrontPorts } from "./front-ports.ts";

const environment = testEnvironment("/shop", [
  testService({ name: "web", ports: [{ target: 80, published: "8443-8444", protocol: "tcp" }] }),
]);
const plain = testEnvironment("/shop", [testService({ name: "web" })]);
const except =
  (...taken: readonly number[]): AskPort =>
  async (port) =>
    taken.includes(port) ? "taken" : port < 1024 && taken.includes(-1) ? "forbidden" : "free";
const choose = (last: Partial<FrontPorts>, ask: AskPort, stack = plain, refused: readonly number[] = []) =>
  chooseFrontPorts(last, stack, ask, new Set(refused));

test("443 with 80 beside it when they can be bound, else the next free one from 8443 on", async () => {
  expect(await choose({}, except())).toEqual({ https: 443, http: 80 });
  expect(await choose({}, except(80))).toEqual({ https: 443, http: undefined });
  expect(await choose({}, except(-1))).toEqual({ https: 8443, http: undefined });
  expect(await choose({}, except(-1, 8443, 8444))).toEqual({ https: 8445, http: undefined });
});

test("the port of the last time is kept while it is free", async () => {
  expect(await choose({ https: 8450 }, except())).toEqual({ https: 8450, http: undefined });
  expect(await choose({ https: 8450 }, except(8450, -1))).toEqual({ https: 8443, http: undefined });
});

test("a port that the stack publishes, or that was lost to somebody, is not taken", async () => {
  expect((await choose({}, except(-1), environment)).https).toBe(8445);
  expect((await choose({}, except(-1), plain, [8443])).https).toBe(8444);
});

test("where none is free, that is said", async () => {
  await expect(choose({}, async () => "taken")).rejects.toMatchObject({ code: "FRONT_PORTS" });
});

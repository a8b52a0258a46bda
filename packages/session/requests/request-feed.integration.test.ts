import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import type { RequestsEvent, WebRequest } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeSession, openFakeSession, upRequest } from "../fixtures/fake-session.ts";
import { frontFolder } from "../front/front-folder.ts";
import { up } from "../up.ts";
import { followRequests } from "./request-feed.ts";

let fake: FakeSession;
let log: string;
let events: RequestsEvent[];
const reading = new Set<AbortController>();

beforeEach(async () => {
  fake = await openFakeSession(`name: shop
services:
  api: { image: "node:24", ports: ["3000"] }
  proxy: { image: "nginx:1.30", ports: ["80"] }
`);
  await up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);
  const front = frontFolder(fake.folder.directory);
  log = front.accessLog;
  events = [];
  await mkdir(front.directory, { recursive: true });
});

afterEach(async () => {
  for (const each of reading) each.abort();
  reading.clear();
  await fake.close();
});

async function follow(): Promise<void> {
  const stop = new AbortController();
  reading.add(stop);
  const take = (event: unknown) => events.push(event as RequestsEvent);
  await followRequests(fake.session, take, stop.signal);
}

const line = (uri: string, upstream = "") =>
  `${JSON.stringify({ time: new Date().toISOString(), method: "GET", uri, status: 200, seconds: 0.001, requestId: uri, upstream })}\n`;
const requests = (): readonly WebRequest[] => events.flatMap((event) => event.requests);
const uris = () => requests().map(({ uri }) => uri);

it("tells the last requests of the log, then those that come, also after the log was emptied or made anew", async () => {
  await writeFile(log, line("/1") + line("/2"));
  await follow();
  expect(uris()).toEqual(["/1", "/2"]);
  await appendFile(log, line("/3").slice(0, 20));
  await appendFile(log, line("/3").slice(20));
  await eventually(() => uris().includes("/3"));
  await writeFile(log, line("/4"));
  await eventually(() => uris().includes("/4"));
  await rm(log);
  await writeFile(log, line("/5") + line("/6"));
  await eventually(() => uris().includes("/6"));
  expect(uris()).toEqual(["/1", "/2", "/3", "/4", "/5", "/6"]);
});

it("names the service and the instance whose address was asked", async () => {
  const address = fake.session.board.get("api", 1)?.addresses[0];
  await follow();
  await appendFile(log, line("/api", `${address?.host}:${address?.port}`));
  await eventually(() => uris().length === 1);
  expect(requests()[0]?.attempts[0]).toMatchObject({ service: "api", number: 1 });
});

it("takes the access lines of the stack's own proxy, and no other service's", async () => {
  fake.engine.log("proxy", line("/stored").trim(), Date.now());
  await follow();
  fake.engine.log("proxy", line("/live").trim(), Date.now());
  fake.engine.log("proxy", "GET / 200", Date.now());
  fake.engine.log("api", line("/not-a-proxy").trim(), Date.now());
  await eventually(() => uris().includes("/live"));
  expect(requests().map(({ proxy, uri }) => `${proxy} ${uri}`)).toEqual(["proxy /stored", "proxy /live"]);
});

it("a flood is sampled, and what is left out is counted", async () => {
  await follow();
  await appendFile(log, Array.from({ length: 5_000 }, (_, index) => line(`/${index}`)).join(""));
  const dropped = () => events.reduce((sum, event) => sum + event.dropped, 0);
  await eventually(() => requests().length + dropped() >= 5_000);
  expect(requests().length + dropped()).toBe(5_000);
  expect(dropped()).toBeGreaterThan(0);
  expect(requests().length).toBeGreaterThanOrEqual(1_000);
});

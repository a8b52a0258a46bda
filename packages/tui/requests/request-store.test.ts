import type { WebRequest } from "@drydock/core";
import { expect, test } from "vitest";
import { hasText, requestFacts } from "./request-facts.ts";
import { RequestStore } from "./request-store.ts";

const request = (requestId: string, more: Partial<WebRequest> = {}): WebRequest => ({
  at: 1_000,
  method: "GET",
  host: "shop.localhost:8443",
  uri: "/api/orders?page=2",
  status: 200,
  durationMs: 12,
  bytes: 0,
  requestId,
  attempts: [{ address: "127.0.0.1:8080", service: "proxy", number: 1 }],
  ...more,
});
const inner = (requestId: string): WebRequest =>
  request(requestId, {
    host: "",
    proxy: "proxy",
    durationMs: 9,
    attempts: [{ address: "127.0.0.1:3002", service: "api", number: 2 }],
  });
const facts = (store: RequestStore) => store.entries.map((entry) => requestFacts(entry, () => 2));

test.each([
  ["the proxy's line first", [inner("a"), request("a")]],
  ["the front's line first", [request("a"), inner("a")]],
])("what the front and a proxy behind it logged is one request: %s", (_, lines) => {
  const store = new RequestStore();
  store.take(lines.slice(0, 1), 0);
  store.take(lines.slice(1), 0);
  expect(facts(store)).toMatchObject([
    { host: "shop.localhost", path: "/api/orders", durationMs: 12, proxy: undefined, service: "api", label: "api.2" },
  ]);
});

test("the same id again, from the same log, is another request; without ids each line is one", () => {
  const store = new RequestStore();
  store.take([request("a"), request("a"), request(""), request("")], 3);
  expect(store.entries).toHaveLength(4);
  expect(store.dropped).toBe(3);
});

test("the newest is first, and the oldest are forgotten", () => {
  const store = new RequestStore();
  store.take(
    Array.from({ length: 3_000 }, (_, index) => request(`r${index}`, { uri: `/${index}` })),
    0,
  );
  expect(facts(store)[0]?.uri).toBe("/2999");
  expect(store.entries.length).toBeLessThanOrEqual(2_500);
});

test("an answer of the front's own has no service; an address of nobody is told as it is", () => {
  const store = new RequestStore();
  store.take([request("a", { attempts: [] }), request("b", { attempts: [{ address: "10.0.0.9:80" }] })], 0);
  expect(facts(store).map(({ service }) => service)).toEqual(["10.0.0.9:80", ""]);
});

test("a filter finds method, place, status and service; capitals count only where it has some", () => {
  const store = new RequestStore();
  store.take([request("a", { status: 503 })], 0);
  const [one] = facts(store);
  const finds = (text: string) => one !== undefined && hasText(one, text);
  expect(["get", "GET", "/api/", "503", "proxy", "shop.localhost"].map(finds)).toEqual(Array(6).fill(true));
  expect(["Get", "/web", "api.2"].map(finds)).toEqual([false, false, false]);
});

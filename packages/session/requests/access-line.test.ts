import { expect, test } from "vitest";
import { readAccessLine } from "./access-line.ts";

const ended = Date.parse("2026-01-05T14:02:11+00:00");

test("a line of the front's log is a request, with the servers that were asked", () => {
  const line =
    '{"time":"2026-01-05T14:02:11+00:00","client":"127.0.0.1","method":"GET","host":"shop.localhost:8443","uri":"/api/orders?x=1","protocol":"HTTP/2.0","status":200,"bytes":812,"seconds":0.012,"requestId":"abc","upstream":"127.0.0.1:3001, 127.0.0.1:3002","upstreamStatus":"502, 200","upstreamSeconds":"0.001, 0.009"}';
  expect(readAccessLine(line, ended + 400, undefined)).toEqual({
    at: ended + 400 - 12,
    method: "GET",
    host: "shop.localhost:8443",
    uri: "/api/orders?x=1",
    protocol: "HTTP/2.0",
    status: 200,
    durationMs: 12,
    bytes: 812,
    requestId: "abc",
    attempts: [
      { address: "127.0.0.1:3001", status: 502, durationMs: 1 },
      { address: "127.0.0.1:3002", status: 200, durationMs: 9 },
    ],
  });
});

test("a line that is read long after it was written keeps its own second", () => {
  const line = '{"time":"2026-01-05T14:02:11+00:00","method":"GET","uri":"/","status":304,"seconds":0.100}';
  expect(readAccessLine(line, ended + 3_600_000, undefined)?.at).toBe(ended - 100);
  expect(readAccessLine(line, 0, undefined)?.at).toBe(ended - 100);
  expect(readAccessLine(line, ended + 1_300, undefined)?.at).toBe(ended + 999 - 100);
});

test("a team's own log whose message has the request, as the starter's, is one too", () => {
  const line =
    '{"level":"info","time":"2026-01-05T14:02:11+00:00","msg":"POST /api/orders 503","seconds":0.5,"bytes":9,"client":"::1","requestId":"r1","upstream":"api : -","upstreamSeconds":""}';
  expect(readAccessLine(line, ended, "proxy")).toMatchObject({
    proxy: "proxy",
    method: "POST",
    uri: "/api/orders",
    status: 503,
    durationMs: 500,
    requestId: "r1",
    attempts: [{ address: "api" }],
  });
});

test.each([
  ["no JSON", "GET / 200"],
  ["broken JSON", '{"status":'],
  ["an array", "[1]"],
  ["another message", '{"msg":"listening on 3000","upstream":"api"}'],
  ["no upstream and no fields", '{"msg":"GET / 200"}'],
])("%s is no request", (_, line) => {
  expect(readAccessLine(line, 0, undefined)).toBeUndefined();
});

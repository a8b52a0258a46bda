import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NginxRequest } from "@drydock/core";
import { renderNginx } from "@drydock/nginx";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Edge, startEdge } from "./index.ts";
import { ask } from "./testing/ask.ts";
import { freePort } from "./testing/free-port.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

const starter = fileURLToPath(new URL("../../templates/starter/proxy/default.conf", import.meta.url));

let api: TestUpstream;
let web: TestUpstream;
let folder = "";
let edge: Edge | undefined;
let lines: string[] = [];

beforeEach(async () => {
  [api, web] = await Promise.all([startUpstream("api"), startUpstream("web")]);
  folder = mkdtempSync(join(tmpdir(), "edge-starter-"));
  lines = [];
});

afterEach(async () => {
  await edge?.stop(100);
  await Promise.all([api.stop(), web.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Renders as the local engine does and serves what came of it. */
async function serve(text: string, apiPorts: readonly number[] = [api.port]): Promise<number> {
  const port = await freePort();
  const services = new Map([
    ["api:3000", apiPorts],
    ["web:3000", [web.port]],
  ]);
  const request: NginxRequest = {
    sources: [{ path: "/etc/nginx/conf.d/default.conf", hostPath: "/shop/proxy/default.conf", text }],
    listen: new Map([[80, { host: "127.0.0.1", port }]]),
    addressesOf: (host, at) => services.get(`${host}:${at}`)?.map((each) => ({ host: "127.0.0.1", port: each })),
    mapPath: () => undefined,
    runDirectory: folder,
    version: "99.0.0",
  };
  const { files } = renderNginx(request);
  for (const file of files) writeFileSync(file.path, file.text);
  edge = await startEdge({ configuration: join(folder, "nginx.conf"), log: (line) => lines.push(line) });
  return port;
}

test("the starter's own configuration is served with nothing left out", async () => {
  const port = await serve(readFileSync(starter, "utf8"));
  expect(edge?.notices).toEqual([]);
  const answered = await ask(port, {
    path: "/api/orders?x=1",
    headers: { "X-Request-Id": "my-own-id-1", Host: "shop.localhost:8080" },
  });
  expect(answered.headers["x-request-id"]).toBe("my-own-id-1");
  expect(JSON.parse(answered.body)).toMatchObject({
    name: "api",
    url: "/api/orders?x=1",
    headers: {
      host: "shop.localhost:8080",
      "x-request-id": "my-own-id-1",
      "x-forwarded-proto": "http",
      "x-forwarded-for": "127.0.0.1",
    },
  });
  expect((await ask(port, { path: "/" })).body).toContain('"name":"web"');
  expect((await ask(port, { path: "/metrics" })).status).toBe(404);
  expect((await ask(port, { path: "/healthz" })).body).toContain('"url":"/health"');
  expect((await ask(port, { path: "/api/x", method: "POST", body: "x".repeat(70_000) })).status).toBe(413);
});

test("its log lines are JSON with the upstream", async () => {
  const port = await serve(readFileSync(starter, "utf8"));
  await ask(port, { path: '/api/"quoted"' });
  const line = await eventually(() => lines.find((each) => each.startsWith("{")));
  expect(JSON.parse(line)).toMatchObject({
    level: "info",
    msg: 'GET /api/"quoted" 200',
    client: "127.0.0.1",
    upstream: `127.0.0.1:${api.port}`,
    requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    seconds: expect.any(Number),
  });
});

test("a replica that is gone is passed over, also by a POST", async () => {
  const port = await serve(readFileSync(starter, "utf8"), [await freePort(), api.port]);
  for (const method of ["GET", "POST", "GET", "POST"])
    expect((await ask(port, { path: "/api/x", method, ...(method === "POST" ? { body: "b" } : {}) })).status).toBe(200);
});

test("with no replica at all the answer says to try again", async () => {
  const port = await serve(readFileSync(starter, "utf8"), [await freePort()]);
  const { status, headers, body } = await ask(port, { path: "/api/x" });
  expect([status, headers["retry-after"], headers["content-type"]]).toEqual([503, "1", "application/json"]);
  expect(body).toBe('{"error":"starting or restarting, try again in a moment"}\n');
});

test("mistakes and notices name the file that a person edits", async () => {
  const port = await serve("server {\n  listen 80;\n  location / {\n    proxy_cache off;\n    return 200 ok;\n  }\n}");
  expect((await ask(port, { path: "/" })).body).toBe("ok");
  expect(edge?.notices).toEqual([
    "/shop/proxy/default.conf:4: directive proxy_cache is not honoured by the embedded edge",
  ]);
  await edge?.stop(0);
  edge = undefined;
  await expect(serve("server {\n  listen 80;\n  gzip maybe;\n}")).rejects.toMatchObject({
    problems: [{ file: "/shop/proxy/default.conf", line: 3 }],
  });
});

import { Agent, request } from "node:http";
import { eventually } from "@drydock/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Edge, type EdgeRequest, startEdge } from "./index.ts";
import { ask } from "./testing/ask.ts";
import { wholeConfiguration } from "./testing/real-nginx.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

let a: TestUpstream;
let b: TestUpstream;
let edge: Edge | undefined;
let text = "";

beforeAll(async () => {
  [a, b] = await Promise.all([startUpstream("a"), startUpstream("b")]);
});

afterEach(async () => {
  await edge?.stop(100);
  edge = undefined;
});

afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
});

async function serve(http: string, onRequest?: (request: EdgeRequest) => void): Promise<number> {
  text = http;
  const configuration = { file: "/tmp/edge/site.conf", read: () => wholeConfiguration(text, "/tmp/edge") };
  edge = await startEdge({ configuration, log: () => undefined, ...(onRequest ? { onRequest } : {}) });
  return edge.addresses[0]?.port ?? 0;
}

const passing = (port: number) => `server { listen 127.0.0.1:0; location / { proxy_pass http://127.0.0.1:${port}; } }`;

test("after a reload the new configuration answers, on connections that stay open too", async () => {
  const port = await serve(passing(a.port));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = () => over(agent, port, "/");
  expect(await get()).toMatch(/"name":"a"/);
  text = passing(b.port);
  await edge?.reload();
  expect(await get()).toMatch(/"name":"b"/);
  expect((await ask(port, { path: "/" })).body).toMatch(/"name":"b"/);
  expect(edge?.addresses[0]?.port).toBe(port);
  agent.destroy();
});

test("a request that is under way is answered by the old configuration", async () => {
  const port = await serve(passing(a.port));
  const slow = ask(port, { path: "/events" });
  await eventually(() => a.requests.includes("GET /events"));
  text = passing(b.port);
  await edge?.reload();
  expect((await slow).body).toBe("data: one\n\ndata: two\n\n");
});

test("what answered before a reload is drained when its last request is over", async () => {
  const port = await serve(passing(a.port));
  const endless = request({ host: "127.0.0.1", port, path: "/silent?drain", agent: false });
  endless.on("error", () => undefined).end();
  await eventually(() => a.requests.includes("GET /silent?drain"));
  text = passing(b.port);
  await edge?.reload();
  let isDrained = false;
  const drained = edge?.drained().then(() => {
    isDrained = true;
  });
  await ask(port, { path: "/" });
  expect(isDrained).toBe(false);
  endless.destroy();
  await drained;
});

test("no request of keep-alive clients is lost over many reloads", async () => {
  const port = await serve(passing(a.port));
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  let isOver = false;
  const failures: unknown[] = [];
  const clients = Array.from({ length: 10 }, async () => {
    while (!isOver) await over(agent, port, "/").catch((error: unknown) => failures.push(error));
  });
  for (let round = 0; round < 20; round++) {
    text = passing(round % 2 === 0 ? b.port : a.port);
    await edge?.reload();
    await ask(port, { path: "/" });
  }
  isOver = true;
  await Promise.all(clients);
  agent.destroy();
  expect(failures).toEqual([]);
});

test("a configuration with mistakes leaves the old one serving, and all mistakes are told with their lines", async () => {
  const port = await serve(passing(a.port));
  text = "server {\n  listen 127.0.0.1:0;\n  proxy_pas http://x;\n  gzip maybe;\n  location / { proxy_pass api; }\n}";
  await expect(edge?.reload()).rejects.toMatchObject({
    code: "NGINX_SYNTAX",
    problems: [
      {
        file: "/tmp/edge/site.conf",
        line: 15,
        message: 'unknown directive "proxy_pas"',
        hint: 'did you mean "proxy_pass"?',
      },
      { line: 16, message: '"gzip" is "on" or "off", not "maybe"' },
      { line: 17, message: '"api" does not begin with http:// or https://' },
    ],
  });
  expect((await ask(port, { path: "/" })).body).toMatch(/"name":"a"/);
});

test("an address that is taken leaves the old one serving", async () => {
  const port = await serve(passing(a.port));
  text = passing(b.port).replace("127.0.0.1:0", `127.0.0.1:${a.port}`);
  await expect(edge?.reload()).rejects.toMatchObject({ code: "EDGE_CANNOT_LISTEN" });
  expect((await ask(port, { path: "/" })).body).toMatch(/"name":"a"/);
});

test("what is not honoured is told with its place", async () => {
  await serve(
    "proxy_cache_path /x keys_zone=a:1m;\nserver { listen 127.0.0.1:0;\n  location / { proxy_cache a; limit_rate 1k; return 200 $geoip_city; } }",
  );
  expect(edge?.notices).toEqual([
    "/tmp/edge/site.conf:13: directive proxy_cache_path is not honoured by the embedded edge",
    "/tmp/edge/site.conf:15: directive proxy_cache is not honoured by the embedded edge",
    "/tmp/edge/site.conf:15: directive limit_rate is not honoured by the embedded edge",
    "/tmp/edge/site.conf:15: return names $geoip_city, which the embedded edge leaves empty",
  ]);
});

test("each request is told as an event", async () => {
  const seen: EdgeRequest[] = [];
  const port = await serve(passing(a.port), (each) => seen.push(each));
  await ask(port, { path: "/x?y=1", method: "POST", headers: { Host: "shop.test" }, body: "b" });
  const event = await eventually(() => seen[0]);
  expect(event).toMatchObject({
    method: "POST",
    host: "shop.test",
    uri: "/x?y=1",
    status: 200,
    location: "/",
    upstreamAddress: `127.0.0.1:${a.port}`,
    upstreamStatus: "200",
    requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(event.durationMs).toBeGreaterThan(0);
});

test("a client that goes away is 499, and the upstream's request ends", async () => {
  const seen: EdgeRequest[] = [];
  const port = await serve(passing(a.port), (each) => seen.push(each));
  const outgoing = request({ host: "127.0.0.1", port, path: "/silent", agent: false });
  outgoing.on("error", () => undefined);
  outgoing.end();
  await eventually(() => a.requests.includes("GET /silent"));
  outgoing.destroy();
  expect(await eventually(() => seen[0]?.status)).toBe(499);
});

test("stop ends idle connections and waits for requests under way", async () => {
  const port = await serve(passing(a.port));
  const agent = new Agent({ keepAlive: true });
  await over(agent, port, "/");
  const slow = ask(port, { path: "/events" });
  await eventually(() => a.requests.filter((each) => each === "GET /events").length === 2);
  await edge?.stop();
  expect((await slow).body).toContain("two");
  await expect(ask(port, { path: "/" })).rejects.toThrow();
  agent.destroy();
});

function over(agent: Agent, port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, agent }, (message) => {
      let body = "";
      message.on("data", (chunk) => {
        body += chunk;
      });
      message.once("end", () => resolve(body));
      message.once("error", reject);
    })
      .once("error", reject)
      .end();
  });
}

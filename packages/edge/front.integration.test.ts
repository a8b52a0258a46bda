import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { type RequestOptions, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generationHost, renderFront } from "@drydock/nginx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask as askPlain } from "./testing/ask.ts";
import { askSecurely } from "./testing/ask-securely.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { makeCertificate, whyNoOpenssl } from "./testing/certificate.ts";
import { freePort } from "./testing/free-port.ts";
import { insideOfHttp, frontName as name, testFront } from "./testing/test-front.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

const missing = whyNoOpenssl();
let folder = "";
let first: TestUpstream;
let second: TestUpstream;
let echo: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "edge-front-"));
  if (!missing) makeCertificate(folder, name);
  writeFileSync(join(folder, "style.css"), "body {}");
  [first, second] = await Promise.all([startUpstream("first"), startUpstream("second")]);
  echo = createServer().on("upgrade", (_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    socket.on("data", (chunk) => socket.write(`echo ${chunk}`)).on("error", () => socket.destroy());
    socket.once("end", () => socket.end());
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([first.stop(), second.stop(), new Promise((resolve) => echo.close(resolve))]);
});

describe.each(servers)(`A rendered front: $name${missing ? ` (skipped: ${missing})` : ""}`, ({ skips, start }) => {
  const isSkipped = skips || missing !== undefined;
  let running: Running | undefined;
  let port = 0;
  let plainPort = 0;

  beforeAll(async () => {
    if (isSkipped) return;
    [port, plainPort] = await Promise.all([freePort(), freePort()]);
    const places = { port, plainPort, dead: await freePort(), first: first.port, second: second.port, folder };
    const plan = testFront({ ...places, echo: (echo.address() as AddressInfo).port });
    running = await start(insideOfHttp(renderFront(plan)), port);
  });
  afterAll(async () => {
    await running?.stop();
  });

  const ask = (path: string, options: RequestOptions = {}, body?: string) =>
    askSecurely(
      { port, path, servername: name, ...options, headers: { Host: `${name}:${port}`, ...options.headers } },
      body,
    );

  test.skipIf(isSkipped)("tells the service what was asked, and the browser to come back with TLS", async () => {
    const { headers, body } = await ask("/a%20b?c=1", {
      headers: { "X-Forwarded-For": "6.6.6.6", "X-Request-Id": "kept-by-the-front" },
    });
    expect(JSON.parse(body)).toMatchObject({
      url: "/a%20b?c=1",
      headers: {
        host: `${name}:${port}`,
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "https",
        "x-forwarded-host": `${name}:${port}`,
        "x-forwarded-port": String(port),
        "x-request-id": "kept-by-the-front",
      },
    });
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=63072000",
      "x-request-id": "kept-by-the-front",
    });
    const made = await ask("/", { headers: { "X-Request-Id": "no good\u00e9" } });
    expect(made.headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
  });

  test.skipIf(isSkipped)(
    "plain HTTP is sent on with path and query, on its own port and on the one for TLS",
    async () => {
      for (const each of [port, plainPort]) {
        const { status, headers } = await askPlain(each, {
          path: "/a%20b?c=1&d",
          headers: { Host: `${name}:${each}` },
        });
        expect([status, headers.location]).toEqual([308, `https://${name}:${port}/a%20b?c=1&d`]);
      }
    },
  );

  test.skipIf(isSkipped)("HTTP/2", async () => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: name, rejectUnauthorized: false });
    try {
      const stream = session.request({ ":path": "/two", ":authority": `${name}:${port}` });
      let text = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      await new Promise((resolve, reject) => stream.once("end", resolve).once("error", reject));
      expect(JSON.parse(text)).toMatchObject({ url: "/two", headers: { host: `${name}:${port}` } });
    } finally {
      session.destroy();
    }
  });

  test.skipIf(isSkipped)("a path is rewritten, with headers of its own beside the site's", async () => {
    const { headers, body } = await ask("/api/orders?x=1");
    expect(JSON.parse(body)).toMatchObject({
      url: "/v1/orders?x=1",
      headers: { "x-tenant": "blue green", "x-forwarded-proto": "https" },
    });
    expect(headers).toMatchObject({ "cache-control": "no-store", "strict-transport-security": "max-age=63072000" });
  });

  test.skipIf(isSkipped)("redirects, folders, maintenance, and a body that is too long", async () => {
    const old = await ask("/old");
    expect([old.status, old.headers.location]).toEqual([301, `https://${name}:${port}/new`]);
    expect((await ask("/older")).status).toBe(200);
    const css = await ask("/files/style.css");
    expect([css.status, css.headers["content-type"], css.body]).toEqual([200, "text/css", "body {}"]);
    expect((await ask("/files/none")).status).toBe(404);
    const closed = await ask("/closed");
    expect([closed.status, closed.body]).toEqual([503, "Back at nine.\n"]);
    expect((await ask("/api/orders", { method: "POST" }, "x".repeat(100))).status).toBe(413);
  });

  test.skipIf(isSkipped)("a server that is away is passed over; where all are, that is said", async () => {
    for (let time = 0; time < 6; time++)
      expect(JSON.parse((await ask("/pair/")).body)).toMatchObject({ name: "second" });
    const away = await ask("/away/");
    expect([away.status, away.body]).toEqual([503, 'The service "away" does not answer.\n']);
    expect(away.headers).toMatchObject({ "retry-after": "1", "content-type": "text/plain" });
    expect((await ask("/status/502")).headers["x-upstream"]).toBe("first");
  });

  test.skipIf(isSkipped)("a redirect of a service to plain HTTP keeps its TLS", async () => {
    const { headers } = await ask(`/moved?to=http://${name}:${port}/there`);
    expect(headers.location).toBe(`https://${name}:${port}/there`);
  });

  test.skipIf(isSkipped)("one client is slowed down, and then refused", async () => {
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await ask("/slow/")).status));
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  });

  test.skipIf(isSkipped)("WebSockets", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { Host: name, Connection: "Upgrade", Upgrade: "websocket" };
      const outgoing = request({
        host: "127.0.0.1",
        port,
        path: "/socket/",
        servername: name,
        headers,
        rejectUnauthorized: false,
        agent: false,
      });
      outgoing.once("upgrade", (_, socket) => {
        socket.once("data", (chunk) => {
          socket.destroy();
          resolve(String(chunk));
        });
        socket.write("hello");
      });
      outgoing.once("error", reject).end();
    });
    expect(text).toBe("echo hello");
  });

  test.skipIf(isSkipped)(
    "the generation is told at nobody's name, and unknown names are told the known ones",
    async () => {
      const generation = await ask("/generation", { headers: { Host: generationHost } });
      expect([generation.status, generation.body]).toEqual([200, "41-7"]);
      const stranger = await ask("/", { headers: { Host: "bank.test" } });
      expect([stranger.status, stranger.body]).toEqual([404, `There is no bank.test here. The names are: ${name}\n`]);
    },
  );
});

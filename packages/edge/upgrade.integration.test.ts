import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./testing/ask.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { freePort } from "./testing/free-port.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

/** Says each line back after an upgrade; refuses `/refused`. */
const echo = createServer((_, response) => response.end("plain"));
const open = new Set<Duplex>();
echo.on("upgrade", (asked, socket) => {
  if (asked.url === "/refused") {
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    return;
  }
  open.add(socket);
  socket.once("close", () => open.delete(socket));
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nfirst ");
  socket.on("data", (chunk) => socket.write(`echo ${chunk}`));
  socket.once("end", () => socket.end());
  socket.on("error", () => socket.destroy());
});

let upstream: TestUpstream;

beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  upstream = await startUpstream("a");
});

afterAll(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
  await upstream.stop();
});

describe.each(servers)("connections that stay: $name", ({ skips, start }) => {
  let running: Running | undefined;
  let port = 0;

  beforeAll(async () => {
    if (skips) return;
    port = await freePort();
    running = await start(
      `map $http_upgrade $connection_upgrade { default upgrade; "" close; }
server { listen 127.0.0.1:${port}; proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
  location / { proxy_pass http://127.0.0.1:${(echo.address() as AddressInfo).port}; }
  location /quiet { proxy_read_timeout 300ms; proxy_pass http://127.0.0.1:${(echo.address() as AddressInfo).port}; }
  location /events { proxy_buffering off; proxy_pass http://127.0.0.1:${upstream.port}; }
}`,
      port,
    );
  });

  afterAll(async () => {
    await running?.stop();
  });

  test.skipIf(skips)("a WebSocket's bytes go both ways", async () => {
    const { status, socket, first } = await upgrade(port, "/socket");
    expect(status).toBe(101);
    let text = first;
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.write("hello");
    await eventually(() => text === "first echo hello");
    socket.destroy();
    await eventually(() => open.size === 0);
  });

  test.skipIf(skips)("an upgrade that the server refuses is an ordinary answer", async () => {
    const answered = await ask(port, { path: "/refused", headers: { Connection: "Upgrade", Upgrade: "websocket" } });
    expect([answered.status, answered.body]).toEqual([403, "no"]);
  });

  test.skipIf(skips)("a request without an upgrade is an ordinary request", async () => {
    expect((await ask(port, { path: "/" })).body).toBe("plain");
  });

  test.skipIf(skips)("a WebSocket that is quiet for proxy_read_timeout is ended", async () => {
    const { socket } = await upgrade(port, "/quiet");
    await new Promise((resolve) => socket.once("close", resolve).resume());
    await eventually(() => open.size === 0);
  });

  test.skipIf(skips)("an event reaches the client before the stream ends", async () => {
    const times = await new Promise<readonly number[]>((resolve, reject) => {
      const seen: number[] = [];
      request({ host: "127.0.0.1", port, path: "/events", agent: false }, (message) => {
        message.on("data", () => seen.push(performance.now()));
        message.once("end", () => resolve(seen));
      })
        .once("error", reject)
        .end();
    });
    expect(times.length).toBe(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(80);
  });
});

function upgrade(
  port: number,
  path: string,
): Promise<{ readonly status: number; readonly socket: Duplex; readonly first: string }> {
  return new Promise((resolve, reject) => {
    const headers = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
    const outgoing = request({ host: "127.0.0.1", port, path, headers, agent: false });
    outgoing.once("upgrade", (message, socket, head) =>
      resolve({ status: message.statusCode ?? 0, socket, first: head.toString() }),
    );
    outgoing.once("response", (message) => reject(new Error(`no upgrade: ${message.statusCode}`)));
    outgoing.once("error", reject);
    outgoing.end();
  });
}

import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Edge, startEdge } from "./index.ts";
import { ask } from "./testing/ask.ts";

let edge: Edge | undefined;
let port = 0;

beforeAll(async () => {
  const http = `server { listen 127.0.0.1:0; root /tmp;
  location /to/ { return 301 https://other.test$uri; }
  location /say/ { add_header X-Said $uri; return 200 x; }
  location /files/ { try_files $uri =404; }
  location /if/ { if (-f $document_root$uri) { return 200; } return 404; } }`;
  edge = await startEdge({
    configuration: { file: "/tmp/faults.conf", read: () => `http { access_log off; ${http} }` },
    log: () => undefined,
  });
  port = edge.addresses[0]?.port ?? 0;
});

afterAll(async () => {
  await edge?.stop(0);
});

test.each(["/to/", "/say/"])("a line break in %s does not become a header", async (path) => {
  const { headers } = await ask(port, { path: `${path}%0d%0aSet-Cookie:%20a=b` });
  expect(headers["set-cookie"]).toBeUndefined();
});

test.each(["/files/", "/if/", "/"])(
  "a name that is too long for the file system is not there under %s",
  async (path) => {
    expect((await ask(port, { path: path + "x".repeat(5000) })).status).toBe(404);
  },
);

test.each([
  ["what is no HTTP", "hello\r\n\r\n", /^HTTP\/1\.1 400 /],
  ["a head that is too long", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 494 /],
  ["a request of HTTP/1.1 without a host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 400 /],
  ["a host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 400 /],
  [
    "a whole address in the request line",
    "GET http://x/to/a HTTP/1.1\r\nHost: y\r\nConnection: close\r\n\r\n",
    /^HTTP\/1\.1 301 /,
  ],
  ["HTTP/1.0 without a host", "GET /to/a HTTP/1.0\r\n\r\n", /^HTTP\/1\.1 301 [\s\S]*Connection: close/],
])("%s is answered and the edge goes on", async (_, text, expected) => {
  expect(await speak(text)).toMatch(expected);
  expect((await ask(port, { path: "/to/x" })).status).toBe(301);
});

function speak(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("close", () => resolve(answer));
    socket.once("error", reject);
  });
}

test("a client that goes away in the middle of a long answer leaves the edge as it was", async () => {
  const big = createServer((_, response) => {
    const timer = setInterval(() => response.write("x".repeat(200_000)), 1);
    response.once("close", () => clearInterval(timer));
    response.on("error", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => big.listen(0, "127.0.0.1", resolve));
  const upstream = (big.address() as AddressInfo).port;
  const http = `gzip_types *; server { listen 127.0.0.1:0; location / { proxy_pass http://127.0.0.1:${upstream}; }
  location /kept { proxy_ignore_client_abort on; proxy_read_timeout 300ms; proxy_pass http://127.0.0.1:${upstream}; } location /ok { return 200 ok; } }`;
  const proxy = await startEdge({
    configuration: { file: "/tmp/faults.conf", read: () => `http { access_log off; ${http} }` },
    log: () => undefined,
  });
  const at = proxy.addresses[0]?.port ?? 0;
  for (const path of ["/", "/kept"]) {
    await new Promise<void>((resolve) => {
      const socket = connect(at, "127.0.0.1", () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n`),
      );
      socket.once("data", () => socket.destroy());
      socket.once("close", () => resolve());
    });
    expect((await ask(at, { path: "/ok" })).body).toBe("ok");
  }
  await proxy.stop(0);
  big.closeAllConnections();
  await new Promise((resolve) => big.close(resolve));
});

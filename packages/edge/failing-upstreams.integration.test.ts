import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./testing/ask.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { makeCertificate, whyNoOpenssl } from "./testing/certificate.ts";
import { freePort } from "./testing/free-port.ts";

const missing = whyNoOpenssl();
let folder = "";
const sockets = new Set<Socket>();
const seen = new WeakMap<Socket, number>();

/** Ends a connection at its second request, as a server does whose keep-alive time is over. */
const forgetful = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const count = (seen.get(request.socket) ?? 0) + 1;
  seen.set(request.socket, count);
  if (count > 1) request.socket.destroy();
  else response.end(`${request.method} on a fresh connection`);
});

/** Says what is no HTTP. */
const garbled = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.once("data", () => socket.end("this is no HTTP\r\n\r\n"));
});

/** Sends less than it announces. */
const cut = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
});

/** Answers with an informational head first. */
const informing = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.once("data", () =>
    socket.end("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate"),
  );
});

let secure: Server | undefined;

const portOf = (server: Server | undefined) => (server?.address() as AddressInfo | undefined)?.port ?? 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "edge-failing-"));
  if (!missing) {
    makeCertificate(folder, "up.test");
    const pair = { cert: readFileSync(join(folder, "up.test.pem")), key: readFileSync(join(folder, "up.test.key")) };
    secure = createTlsServer(pair, (request, response) => {
      response.end(`secure ${"servername" in request.socket ? request.socket.servername : ""}`);
    });
  }
  for (const server of [forgetful, garbled, cut, informing, secure]) {
    server?.on("connection", (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => (server ? server.listen(0, "127.0.0.1", resolve) : resolve()));
  }
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of [forgetful, garbled, cut, informing, secure])
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  rmSync(folder, { recursive: true, force: true });
});

describe.each(servers)("upstreams that misbehave: $name", ({ name, skips, start }) => {
  let running: Running | undefined;
  let port = 0;

  beforeAll(async () => {
    if (skips) return;
    port = await freePort();
    const trusted = missing ? "" : `proxy_ssl_trusted_certificate ${folder}/up.test.pem;`;
    running = await start(
      `upstream kept { server 127.0.0.1:${portOf(forgetful)}; keepalive 1; }
upstream kept_posts { server 127.0.0.1:${portOf(forgetful)}; keepalive 1; }
server { listen 127.0.0.1:${port}; proxy_http_version 1.1; proxy_set_header Connection ""; client_max_body_size 0;
  location /kept { proxy_pass http://kept; }
  location /posts { proxy_pass http://kept_posts; }
  location /cut { proxy_pass http://127.0.0.1:${portOf(cut)}; }
  location /secure { proxy_ssl_server_name on; proxy_ssl_name up.test; proxy_pass https://127.0.0.1:${portOf(secure)}; }
  location /verified { proxy_ssl_verify on; ${trusted} proxy_ssl_server_name on; proxy_ssl_name up.test; proxy_pass https://127.0.0.1:${portOf(secure)}; }
  location /distrusted { proxy_ssl_verify on; ${trusted} proxy_ssl_name other.test; proxy_ssl_server_name on; proxy_pass https://127.0.0.1:${portOf(secure)}; }
}`,
      port,
    );
  });

  afterAll(async () => {
    await running?.stop();
  });

  test.skipIf(skips)("a kept connection that was closed is replaced by a new one", async () => {
    for (let round = 0; round < 3; round++) {
      const { status, body } = await ask(port, { path: "/kept" });
      expect([status, body]).toEqual([200, "GET on a fresh connection"]);
    }
  });

  test.skipIf(skips)("a POST on such a connection is not repeated: it may have been carried out", async () => {
    const post = { path: "/posts", method: "POST", body: "x" };
    const first = await ask(port, post);
    const second = await ask(port, post);
    expect([first.status, second.status]).toEqual([200, 502]);
  });

  test.skipIf(skips)("an answer that is shorter than announced is broken off", async () => {
    await expect(ask(port, { path: "/cut" })).rejects.toThrow();
  });

  test.skipIf(skips || missing !== undefined)("an upstream that speaks TLS, with its name", async () => {
    expect((await ask(port, { path: "/secure" })).body).toBe("secure up.test");
  });

  // nginx 1.22 wants an authority above the certificate; Node trusts the certificate itself.
  test.skipIf(missing !== undefined || name !== "the embedded edge")(
    "a certificate that is trusted by itself",
    async () => {
      expect((await ask(port, { path: "/verified" })).body).toBe("secure up.test");
    },
  );

  test.skipIf(skips || missing !== undefined)("a certificate for another name is refused", async () => {
    expect((await ask(port, { path: "/distrusted" })).status).toBe(502);
  });
});

// nginx 1.22 takes either for an answer of HTTP/0.9 or for a whole one; newer ones do as the edge does.
test.each([
  ["what is no HTTP is 502", () => garbled, 502, /502/],
  ["an informational answer is passed over", () => informing, 200, /^late$/],
])("%s at the edge", async (_, upstream, status, body) => {
  const edge = servers.find(({ name }) => name === "the embedded edge");
  const port = await freePort();
  const pass = `proxy_pass http://127.0.0.1:${portOf(upstream())};`;
  const running = await edge?.start(`server { listen 127.0.0.1:${port}; location / { ${pass} } }`, port);
  const answered = await ask(port, { path: "/" });
  await running?.stop();
  expect(answered.status).toBe(status);
  expect(answered.body).toMatch(body);
});

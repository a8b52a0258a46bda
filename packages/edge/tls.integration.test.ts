import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request as requestPlain,
  type Server,
} from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEdge } from "./index.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { makeCertificate, whyNoOpenssl } from "./testing/certificate.ts";
import { freePort } from "./testing/free-port.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

const missing = whyNoOpenssl();

/** Takes any upgrade and says each message back. */
const echo = createServer();
echo.on("upgrade", (_, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  socket.on("data", (chunk) => socket.write(`echo ${chunk}`));
  socket.on("error", () => socket.destroy());
  socket.once("end", () => socket.end());
});
const portOf = (server: Server) => (server.address() as AddressInfo | null)?.port ?? 0;
let folder = "";
let upstream: TestUpstream;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "edge-tls-"));
  if (!missing) for (const name of ["one.test", "two.test"]) makeCertificate(folder, name);
  upstream = await startUpstream("a");
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await upstream.stop();
  await new Promise((resolve) => echo.close(resolve));
});

describe.each(servers)(`TLS: $name${missing ? ` (skipped: ${missing})` : ""}`, ({ skips, start }) => {
  const isSkipped = skips || missing !== undefined;
  let running: Running | undefined;
  let port = 0;

  beforeAll(async () => {
    if (isSkipped) return;
    port = await freePort();
    const server = (name: string, more: string) => `server { listen 127.0.0.1:${port} ssl http2; server_name ${name};
  ssl_certificate ${folder}/${name}.pem; ssl_certificate_key ${folder}/${name}.key; ${more}
  location / { return 200 "${name} $scheme $server_protocol $https"; }
  location /socket { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_pass http://127.0.0.1:${portOf(echo)}; }
  location /up { proxy_set_header X-Forwarded-Proto $scheme; proxy_pass http://127.0.0.1:${upstream.port}; } }`;
    running = await start(
      `${server("one.test", "ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519:prime256v1; error_page 497 =308 https://$host:$server_port$request_uri;")}\n${server("two.test", "")}`,
      port,
    );
  });

  afterAll(async () => {
    await running?.stop();
  });

  test.skipIf(isSkipped)("the name that is asked for chooses the certificate", async () => {
    const names = await Promise.all(["one.test", "two.test", "other.test"].map((name) => certificateFor(port, name)));
    expect(names).toEqual(["one.test", "two.test", "one.test"]);
  });

  test.skipIf(isSkipped)("HTTP/1.1 over TLS", async () => {
    expect(await get(port, "two.test", "/")).toBe("two.test https HTTP/1.1 on");
  });

  test.skipIf(isSkipped)("HTTP/2, several requests at once", async () => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: "one.test", rejectUnauthorized: false });
    try {
      const bodies = await Promise.all(
        ["/", "/up?a=1", "/up?a=2"].map(
          (path) =>
            new Promise<string>((resolve, reject) => {
              const stream = session.request({ ":path": path, ":authority": "one.test", cookie: "a=1" });
              let text = "";
              stream.on("data", (chunk) => {
                text += chunk;
              });
              stream.once("end", () => resolve(text));
              stream.once("error", reject);
            }),
        ),
      );
      expect(bodies[0]).toBe("one.test https HTTP/2.0 on");
      expect(bodies[1]).toMatch(/"url":"\/up\?a=1".*"x-forwarded-proto":"https".*"cookie":"a=1"/);
      expect(bodies[2]).toMatch(/"url":"\/up\?a=2"/);
    } finally {
      session.destroy();
    }
  });

  test.skipIf(isSkipped)("a body over HTTP/2 is passed on", async () => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: "one.test", rejectUnauthorized: false });
    try {
      const body = await new Promise<string>((resolve, reject) => {
        const stream = session.request({ ":path": "/up", ":method": "POST", ":authority": "one.test" });
        let text = "";
        stream.on("data", (chunk) => {
          text += chunk;
        });
        stream.once("end", () => resolve(text));
        stream.once("error", reject);
        stream.end("over two");
      });
      expect(body).toMatch(/"method":"POST".*"body":"over two"/);
    } finally {
      session.destroy();
    }
  });

  test.skipIf(isSkipped)("a WebSocket over TLS, beside HTTP/2", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { Host: "one.test", Connection: "Upgrade", Upgrade: "websocket" };
      const options = {
        host: "127.0.0.1",
        port,
        path: "/socket",
        servername: "one.test",
        headers,
        rejectUnauthorized: false,
        agent: false,
      } as const;
      const outgoing = request(options);
      outgoing.once("upgrade", (_, socket) => {
        socket.once("data", (chunk) => {
          socket.destroy();
          resolve(chunk.toString());
        });
        socket.write("hello");
      });
      outgoing.once("error", reject);
      outgoing.end();
    });
    expect(text).toBe("echo hello");
  });

  test.skipIf(isSkipped)("plain HTTP to an address for TLS is a bad request, or what error_page 497 says", async () => {
    const ask = (host: string) =>
      fetchPlain({ host: "127.0.0.1", port, path: "/a%20b?c=1&d=2", headers: { Host: `${host}:${port}` } });
    const redirected = await ask("one.test");
    expect(redirected.statusCode).toBe(308);
    expect(redirected.headers).toMatchObject({
      location: `https://one.test:${port}/a%20b?c=1&d=2`,
      connection: "close",
    });
    expect(await ask("two.test")).toMatchObject({ statusCode: 400, headers: { connection: "close" } });
  });

  test.skipIf(isSkipped)("a protocol that is not allowed is refused", async () => {
    const options = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    await expect(handshake(port, "one.test", options)).rejects.toThrow();
  });
});

test.skipIf(missing !== undefined)(
  "a renewed certificate is served after a reload, and open connections stay",
  async () => {
    const text = `http { access_log off; server { listen 127.0.0.1:0 ssl; ssl_certificate ${folder}/new.test.pem; ssl_certificate_key ${folder}/new.test.key; return 200 ok; } }`;
    makeCertificate(folder, "new.test");
    const edge = await startEdge({
      configuration: { file: join(folder, "site.conf"), read: () => text },
      log: () => undefined,
    });
    const port = edge.addresses[0]?.port ?? 0;
    const serial = async () => {
      const socket = await handshake(port, "new.test");
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    const before = await serial();
    const open = await handshake(port, "new.test");
    makeCertificate(folder, "new.test");
    await edge.reload();
    expect(await serial()).not.toBe(before);
    const answered = new Promise<string>((resolve) => open.once("data", (chunk) => resolve(chunk.toString())));
    open.write("GET / HTTP/1.1\r\nHost: new.test\r\n\r\n");
    expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
    writeFileSync(join(folder, "new.test.key"), "broken");
    await expect(edge.reload()).rejects.toMatchObject({ code: "EDGE_BAD_CERTIFICATE" });
    expect(await serial()).not.toBe(before);
    await edge.stop(100);
  },
);

function fetchPlain(options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = requestPlain({ ...options, agent: false }, (message) => resolve(message.resume()));
    outgoing.once("error", reject).end();
  });
}

function handshake(port: number, name: string, options: object = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect(
      { host: "127.0.0.1", port, servername: name, rejectUnauthorized: false, ...options },
      () => resolve(socket),
    );
    socket.once("error", reject);
  });
}

async function certificateFor(port: number, name: string): Promise<string | undefined> {
  const socket = await handshake(port, name);
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN?.toString();
}

function get(port: number, name: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port,
      path,
      servername: name,
      headers: { Host: name },
      rejectUnauthorized: false,
      agent: false,
    } as const;
    request(options, (message) => {
      let text = "";
      message.on("data", (chunk) => {
        text += chunk;
      });
      message.once("end", () => resolve(text));
    })
      .once("error", reject)
      .end();
  });
}

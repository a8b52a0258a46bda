import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createPlain, type RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority, issueCertificate } from "@drydock/certs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareUrl } from "./compare-url.ts";

let home: string;
let ours: string;
let theirs: string;
const servers: Server[] = [];

const listen = async (server: Server): Promise<number> => {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

// Ours: both versions of TLS, HTTP/2, HSTS. Theirs: TLS 1.2 alone, one suite, a certificate that ends tomorrow, no HSTS.
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "drydock-parity-"));
  const authority = createAuthority([], Date.now());
  await mkdir(join(home, "authority"));
  await writeFile(join(home, "authority/authority.pem"), authority.certificatePem);
  const pair = (lifeMs?: number) => {
    const { certificatePem: cert, keyPem: key } = issueCertificate(authority, ["localhost"], Date.now(), lifeMs);
    return { cert, key };
  };
  const answer =
    (headers: Readonly<Record<string, string>>): RequestListener =>
    (_request, response) => {
      response.writeHead(200, { "Content-Type": "text/html", ...headers }).end("hello");
    };
  const good = answer({ "Strict-Transport-Security": "max-age=63072000", "Set-Cookie": "id=1; Secure; HttpOnly" });
  const secure = createSecureServer({ ...pair(), allowHTTP1: true });
  secure.on("request", good as never);
  ours = `https://localhost:${await listen(secure)}/`;
  const old = { ...pair(86_400_000), maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" } as const;
  theirs = `https://localhost:${await listen(createServer(old, answer({ "Set-Cookie": "id=2", Server: "nginx/1.18.0" })))}/`;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(home, { recursive: true, force: true });
});

const compare = (a: string, b: string) =>
  compareUrl({ DRYDOCK_AUTHORITY: join(home, "authority") }, a, b, AbortSignal.timeout(60_000));

test("a live site's TLS, certificate and headers are compared with ours, each difference with what to do", async () => {
  const report = await compare(theirs, ours);
  const lines = new Map(report.lines.map((line) => [line.topic, line]));
  expect(lines.get("TLS versions")).toMatchObject({
    isSame: false,
    theirs: { text: "TLSv1.2" },
    ours: { text: "TLSv1.2 TLSv1.3" },
  });
  expect(lines.get("TLSv1.2 suites")?.theirs.text).toBe("ECDHE-ECDSA-AES128-GCM-SHA256");
  expect(lines.get("HTTP/2")).toMatchObject({ isSame: false, theirs: { text: "off" }, ours: { text: "on" } });
  expect(lines.get("certificate")).toMatchObject({
    isSame: false,
    theirs: { text: expect.stringMatching(/^[01] days left, of Drydock .*, ends soon$/) },
    advice: expect.stringContaining("renew"),
  });
  expect(lines.get("strict-transport-security")).toMatchObject({
    theirs: { text: "not set" },
    ours: { text: "max-age=63072000" },
  });
  expect(lines.get("set-cookie")?.isSame).toBe(false);
  expect(lines.get("server")?.advice).toContain("server_tokens off");
  expect(lines.get("status")?.isSame).toBe(true);
  expect([...lines.keys()]).not.toContain("date");
  expect(report.score).toBeLessThan(60);
});

test("a site is the same as itself", async () => {
  const report = await compare(ours, ours);
  expect(report.lines.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(report.score).toBe(100);
});

test("an address that is none, a name that nobody has and a port where nothing listens are told", async () => {
  const gone = await listen(createPlain());
  await new Promise((resolve) => servers.pop()?.close(resolve));
  await expect(compare("https://", ours)).rejects.toMatchObject({ code: "BAD_URL" });
  await expect(compare(`https://localhost:${gone}/`, ours)).rejects.toMatchObject({
    code: "SITE_UNREACHABLE",
    message: expect.stringContaining("nothing listens at 127.0.0.1"),
  });
  await expect(compare(`https://localhost:${await listen(createPlain())}/`, ours)).rejects.toMatchObject({
    code: "SITE_UNREACHABLE",
  });
});

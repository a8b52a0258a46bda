import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAuthority } from "../authority.ts";
import { issueCertificate } from "../issue-certificate.ts";
import { acmePlaces, keepPublicCertificate } from "./public-certificate-keeper.ts";
import { retryAt } from "./transport.ts";

let folder: string;
let server: Server;
const requests: string[] = [];

// An authority that refuses every account, as Let's Encrypt does after ten an address in three hours.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-acme-"));
  requests.length = 0;
  const authority = createAuthority([], Date.now());
  const pair = issueCertificate(authority, ["localhost"], Date.now());
  await writeFile(join(folder, "ca.pem"), authority.certificatePem);
  server = createServer({ cert: pair.certificatePem, key: pair.keyPem }, (request, response) => {
    const base = `https://localhost:${(server.address() as AddressInfo).port}`;
    requests.push(`${request.method} ${request.url}`);
    response.setHeader("Replay-Nonce", "nonce");
    if (request.method !== "POST")
      return void response.end(JSON.stringify({ newNonce: `${base}/nonce`, newAccount: `${base}/account` }));
    response.writeHead(429, { "Content-Type": "application/problem+json", "Retry-After": "3600" });
    response.end(
      JSON.stringify({ type: "urn:ietf:params:acme:error:rateLimited", detail: "too many new registrations (10)" }),
    );
  }).listen(0, "localhost");
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("a rate limit is told with its end, and until then the authority is not asked again", async () => {
  const directory = {
    url: `https://localhost:${(server.address() as AddressInfo).port}/dir`,
    label: "limited",
    isStaging: false,
  };
  const keep = () =>
    keepPublicCertificate(
      folder,
      {
        directory,
        directoryAuthority: join(folder, "ca.pem"),
        names: ["shop.example"],
        email: undefined,
        agreesToTerms: true,
        challenge: { kind: "http-listener", port: 80 },
        keyType: "ecdsa",
        file: undefined,
        onChange: [],
        projectDirectory: folder,
      },
      { clock: systemClock, tell: () => undefined, signal: AbortSignal.timeout(30_000) },
      false,
    );
  const limited = {
    code: "ACME_RATE_LIMITED",
    message: "The ACME authority's rate limit is reached: too many new registrations (10)",
    hint: expect.stringMatching(/ask again after 20.*Z/),
  };
  await expect(keep()).rejects.toMatchObject(limited);
  expect(requests.filter((line) => line.startsWith("POST"))).toEqual(["POST /account"]);
  const asked = requests.length;
  await expect(keep()).rejects.toMatchObject(limited);
  expect(requests).toHaveLength(asked);
  const { rest } = acmePlaces(folder, directory, ["shop.example"]);
  expect(await readFile(rest, "utf8")).toContain("too many new registrations");
});

test("when to ask again is said in seconds, as a date, or in Let's Encrypt's words", () => {
  const now = Date.UTC(2026, 0, 15);
  expect(retryAt("120", "", now)).toBe(now + 120_000);
  expect(retryAt("Thu, 15 Jan 2026 01:00:00 GMT", "", now)).toBe(now + 3_600_000);
  expect(retryAt(undefined, "too many certificates, retry after 2026-01-15 02:00:00 UTC: see", now)).toBe(
    now + 7_200_000,
  );
  expect(retryAt(undefined, "no", now)).toBeUndefined();
});

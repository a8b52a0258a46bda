import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { expect, test } from "vitest";
import { type Authority, createAuthority, readAuthority } from "./authority.ts";
import { type CertificatePair, issueCertificate, longestLifeMs } from "./issue-certificate.ts";

const now = Date.now();
const authority = createAuthority(["shop.example"], now);

test("OpenSSL accepts a leaf for names that the authority is constrained to, wildcards and addresses", async () => {
  const pair = issueCertificate(authority, ["*.shop.localhost", "api.shop.example", "127.0.0.1", "::1"], now);
  expect(await handshake(pair, authority, "web.shop.localhost")).toBe("accepted");
  expect(await handshake(pair, authority, "api.shop.example")).toBe("accepted");
  expect(await handshake(pair, authority, "localhost")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("OpenSSL refuses a leaf of ours for any other name: a stolen authority signs for nobody else", async () => {
  for (const name of ["bank.example", "shop.example.com", "notshop.example"]) {
    const pair = issueCertificate(authority, [name], now);
    expect(await handshake(pair, authority, name)).toBe("permitted subtree violation");
  }
  expect(await handshake(issueCertificate(authority, ["10.0.0.1"], now), authority, "10.0.0.1")).toBe(
    "permitted subtree violation",
  );
});

test("a leaf lives 30 days at most, has no right to sign, and its own serial number", () => {
  const leaves = [1, 2].map(
    () => new X509Certificate(issueCertificate(authority, ["localhost"], now, 1e12).certificatePem),
  );
  expect(new Set(leaves.map(({ serialNumber }) => serialNumber)).size).toBe(2);
  for (const leaf of leaves) {
    expect(leaf.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(Date.parse(leaf.validTo) - Math.floor(now / 1000) * 1000).toBe(longestLifeMs);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(new X509Certificate(authority.certificatePem))).toBe(true);
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  }
});

test("an authority survives being written down, and a key of another one is refused", () => {
  const keyPem = authority.key.export({ type: "pkcs8", format: "pem" }).toString();
  expect(readAuthority(authority.certificatePem, keyPem).name).toEqual(authority.name);
  const other = createAuthority([], now).key.export({ type: "pkcs8", format: "pem" }).toString();
  expect(() => readAuthority(authority.certificatePem, other)).toThrow("the key is not the certificate's");
});

/** Connects to a server that shows the pair, trusting the authority alone; "accepted", or OpenSSL's code. */
async function handshake(pair: CertificatePair, trusted: Authority, servername: string): Promise<string> {
  const server = createServer({ cert: pair.certificatePem, key: pair.keyPem }).listen(0, "127.0.0.1");
  server.on("connection", (socket) => socket.on("error", () => undefined));
  try {
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const isAddress = /^[\d.]+$/.test(servername);
    const socket = connect({
      port,
      host: "127.0.0.1",
      ca: trusted.certificatePem,
      ...(isAddress ? {} : { servername }),
    });
    return (await new Promise((resolve) => {
      socket.on("secureConnect", () => resolve("accepted"));
      socket.on("error", (error: NodeJS.ErrnoException) =>
        resolve(error.code === "UNSPECIFIED" ? error.message : (error.code ?? "")),
      );
    }).finally(() => socket.destroy())) as string;
  } finally {
    server.close();
  }
}

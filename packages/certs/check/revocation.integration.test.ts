import { generateKeyPairSync, sign, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rootCertificates } from "node:tls";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  Certificate,
  CertificateList,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  GeneralName,
  id_ce_cRLDistributionPoints,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from "@peculiar/asn1-x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authority, createAuthority } from "../authority.ts";
import { buildCertificate, extension } from "../build-certificate.ts";
import { issueCertificate } from "../issue-certificate.ts";
import { checkPublicCertificate, type PublicCertificateFacts } from "./check-public-certificate.ts";
import { lookUpRevocation } from "./look-up-revocation.ts";

const now = Math.floor(Date.now() / 1000) * 1000;
const day = 86_400_000;
const authority = createAuthority(["shop.example"], now);
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
let list: Uint8Array | undefined;
let leaf = "";
const server = createServer((_request, response) => {
  if (!list) response.writeHead(404);
  response.end(list);
});

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.crl`;
  const point = new DistributionPoint({
    distributionPoint: new DistributionPointName({ fullName: [new GeneralName({ uniformResourceIdentifier: uri })] }),
  });
  const certificate = buildCertificate({
    subject: { organization: "Test", commonName: "shop.example" },
    issuer: authority.name,
    from: now - day,
    until: now + 90 * day,
    subjectKey: privateKey,
    issuerKey: authority.key,
    extensions: [extension(id_ce_cRLDistributionPoints, new CRLDistributionPoints([point]))],
  });
  leaf = new X509Certificate(certificate).toString();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A list as an authority signs it, with these certificates in it. */
function listOf(signer: Authority, revoked: readonly string[], until = now + day): Uint8Array {
  const signature = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });
  const issuer = AsnConvert.parse(new X509Certificate(signer.certificatePem).raw, Certificate).tbsCertificate.subject;
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature,
    issuer,
    thisUpdate: new Time(new Date(now - day)),
    nextUpdate: new Time(new Date(until)),
    revokedCertificates: revoked.map((pem) => {
      const { serialNumber } = AsnConvert.parse(new X509Certificate(pem).raw, Certificate).tbsCertificate;
      return new RevokedCertificate({ userCertificate: serialNumber, revocationDate: new Time(new Date(now - day)) });
    }),
  });
  const signed = Buffer.from(AsnConvert.serialize(tbsCertList));
  const bytes = Uint8Array.from(sign("sha256", signed, signer.key)).buffer;
  return new Uint8Array(
    AsnConvert.serialize(new CertificateList({ tbsCertList, signatureAlgorithm: signature, signature: bytes })),
  );
}

const ask = () => lookUpRevocation(leaf, authority.certificatePem, now, AbortSignal.timeout(30_000));

test("a certificate is looked up in the list that it names", async () => {
  list = listOf(authority, []);
  expect(await ask()).toMatchObject({ kind: "good" });
  list = listOf(authority, [leaf]);
  expect(await ask()).toEqual({ kind: "revoked", since: Math.floor((now - day) / 1000) * 1000 });
});

test("a list that is old, somebody else's or none is not believed, and one that is not there is told", async () => {
  list = listOf(authority, [], now - 1000);
  expect(await ask()).toMatchObject({ kind: "unusable", why: expect.stringContaining("good until") });
  list = listOf(createAuthority([], now), []);
  expect(await ask()).toMatchObject({ kind: "unusable", why: "its signature is not the issuer's" });
  list = Buffer.from("<html>");
  expect(await ask()).toMatchObject({ kind: "unusable", why: "it is no revocation list" });
  list = undefined;
  expect(await ask()).toMatchObject({ kind: "unreachable", why: "HTTP status 404" });
  const { certificatePem } = issueCertificate(authority, ["shop.example"], now);
  const unnamed = await lookUpRevocation(certificatePem, authority.certificatePem, now, AbortSignal.timeout(5_000));
  expect(unnamed).toEqual({ kind: "unnamed" });
});

describe("each thing that is wrong with production's certificate is found, with what to do:", () => {
  const pair = issueCertificate(authority, ["shop.example"], now);
  const facts: PublicCertificateFacts = {
    path: "/data/shop.example.pem",
    directory: "letsencrypt",
    isStaging: false,
    names: ["shop.example"],
    chain: pair.certificatePem,
    key: pair.keyPem,
    roots: [authority.certificatePem],
    revocation: { kind: "good", from: "list", saidAt: now },
    now,
  };
  const check = (changes: Partial<PublicCertificateFacts>) => checkPublicCertificate({ ...facts, ...changes });

  test("nothing, when all is well", () => {
    expect(check({}).map(({ level }) => level)).toEqual(["ok", "ok"]);
    expect(check({})[0]?.message).toBe("Production's certificate of letsencrypt is good for 30 more days");
  });

  test.each<readonly [string, Partial<PublicCertificateFacts>, "warning" | "problem", RegExp]>([
    [
      "a key of another one",
      { key: issueCertificate(authority, ["x.test"], now).keyPem },
      "problem",
      /key that is not/,
    ],
    ["no key", { key: undefined }, "problem", /no key/],
    ["no certificate", { chain: undefined }, "problem", /no certificate/],
    ["a broken chain", { chain: pair.certificatePem + createAuthority([], now).certificatePem }, "problem", /broken/],
    ["a chain without a root", { roots: rootCertificates.slice(0, 2) }, "problem", /leads to no root/],
    ["a missing name", { names: ["shop.example", "www.shop.example"] }, "problem", /not for www\.shop\.example/],
    ["one that is due", { now: now + 21 * day }, "warning", /ends in [89] days .*: it is due/],
    ["a late one", { now: now + 28 * day }, "problem", /overdue/],
    ["an expired one", { now: now + 31 * day }, "problem", /expired/],
    ["a clock that was set back", { now: now - 2 * day }, "problem", /clock says/],
    ["a revoked one", { revocation: { kind: "revoked", since: now } }, "problem", /was revoked on/],
    [
      "a list out of reach",
      { revocation: { kind: "unreachable", address: "http://x", why: "ENOTFOUND" } },
      "warning",
      /could not be asked/,
    ],
  ])("%s", (_, changes, level, message) => {
    expect(check(changes)).toContainEqual(
      expect.objectContaining({ level, message: expect.stringMatching(message), fix: expect.stringMatching(/\S/) }),
    );
  });
});

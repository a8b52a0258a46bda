import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasOpenssl, OpensslAuthority } from "../fixtures/openssl-authority.ts";
import { lookUpRevocation } from "./look-up-revocation.ts";

const isThere = hasOpenssl();
const soon = () => AbortSignal.timeout(30_000);

describe.skipIf(!isThere)(`revocation as openssl publishes it${isThere ? "" : " (no openssl 3 here)"}`, () => {
  let authority: OpensslAuthority;
  let list: Uint8Array | undefined;
  const server = createServer((_request, response) => response.writeHead(list ? 200 : 404).end(list));
  let address = "";
  beforeAll(async () => {
    authority = new OpensslAuthority();
    await once(server.listen(0, "127.0.0.1"), "listening");
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/part.crl`;
  });
  afterAll(async () => {
    await authority.close();
    await new Promise((resolve) => server.close(resolve));
  });
  const ask = (certificate: string, now = Date.now()) => lookUpRevocation(certificate, authority.pem, now, soon());

  test("a list counts for the certificates that name its address, and not in place of another part", async () => {
    // A responder that is named besides is not asked.
    const places = [`crlDistributionPoints=URI:${address}`, "authorityInfoAccess=OCSP;URI:http://127.0.0.1:1/"];
    const [good, bad] = [authority.issue("good", places), authority.issue("bad", places)];
    authority.record(["good"], ["bad"]);
    list = authority.list(address);
    expect([await ask(good), await ask(bad)]).toEqual([
      { kind: "good", from: "list", saidAt: expect.any(Number) },
      { kind: "revoked", since: Date.UTC(2026, 0, 1) },
    ]);
    list = authority.list("http://127.0.0.1:1/other.crl");
    expect(await ask(bad)).toMatchObject({ kind: "unusable", why: "it is a part that is for other certificates" });
    list = authority.list();
    expect(await ask(bad)).toMatchObject({ kind: "revoked" });
  });

  test("a responder is asked where there is no list, and believed when the issuer or its delegate signs", async () => {
    authority.issue("delegate", ["extendedKeyUsage=OCSPSigning"]);
    authority.issue("stranger", ["extendedKeyUsage=serverAuth"]);
    const port = await authority.respondAs("ca");
    const places = [`authorityInfoAccess=OCSP;URI:http://127.0.0.1:${port}/`];
    const names = ["asked", "withdrawn", "unheard"] as const;
    const [asked = "", withdrawn = "", unheard = ""] = names.map((name) => authority.issue(name, places));
    authority.record(["asked"], ["withdrawn"]);
    // openssl looks for a new index when it has answered: the first answer is of the old one.
    await ask(asked);
    expect([await ask(asked), await ask(withdrawn), await ask(unheard)]).toEqual([
      { kind: "good", from: "responder", saidAt: expect.any(Number) },
      { kind: "revoked", since: Date.UTC(2026, 0, 1) },
      { kind: "unusable", from: "responder", why: "it does not know the certificate" },
    ]);
    // An answer without an end is believed for a day, and none from the future.
    expect(await ask(asked, Date.now() + 25 * 3_600_000)).toMatchObject({ why: expect.stringContaining("good until") });
    expect(await ask(asked, Date.now() - 3_600_000)).toMatchObject({ why: expect.stringContaining("to come") });
    for (const [signer, kind] of [
      ["delegate", "good"],
      ["stranger", "unusable"],
    ] as const) {
      const other = await authority.respondAs(signer);
      const certificate = authority.issue("elsewhere", [`authorityInfoAccess=OCSP;URI:http://127.0.0.1:${other}/`]);
      authority.record(["elsewhere"], []);
      await ask(certificate);
      expect(await ask(certificate)).toMatchObject({ kind });
    }
  });

  test("who cannot be asked is told, after the next address was tried as well", async () => {
    list = undefined;
    const named = authority.issue("away", [`crlDistributionPoints=URI:${address},URI:http://127.0.0.1:1/`]);
    expect(await ask(named)).toMatchObject({ kind: "unreachable", address: "http://127.0.0.1:1/", why: /./ });
    const answered = authority.issue("second", [`crlDistributionPoints=URI:http://127.0.0.1:1/,URI:${address}`]);
    authority.record(["second"], []);
    list = authority.list();
    expect(await ask(answered)).toMatchObject({ kind: "good" });
    list = new Uint8Array(33 * 1024 ** 2);
    expect(await ask(answered)).toMatchObject({ kind: "unreachable", why: "it is larger than 32 MB" });
  });
});

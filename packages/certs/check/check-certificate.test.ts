import { describe, expect, test } from "vitest";
import { createAuthority } from "../authority.ts";
import { authorityDamaged } from "../errors.ts";
import { issueCertificate } from "../issue-certificate.ts";
import type { CertificateFacts } from "./certificate-facts.ts";
import { checkCertificate } from "./check-certificate.ts";

const now = Date.UTC(2026, 0, 15);
const day = 86_400_000;
const authority = createAuthority(["shop.example"], now);
const names = ["shop.localhost", "*.shop.localhost"];
const pair = issueCertificate(authority, names, now);
const good: CertificateFacts = {
  authorityFolder: "/home/anna/authority",
  authority: authority.certificatePem,
  authorityProblem: undefined,
  path: "/shop/.dev/front/front.pem",
  certificate: pair.certificatePem,
  key: pair.keyPem,
  writtenAt: now,
  names,
  now,
};
const check = (changes: Partial<CertificateFacts>) =>
  checkCertificate({ ...good, ...changes }).filter(({ level }) => level !== "ok");

test("a good certificate is said to be good, and for how long", () => {
  expect(checkCertificate(good)).toEqual([
    { level: "ok", message: expect.stringMatching(/^The authority is Drydock .*, until 2036-01-/) },
    { level: "ok", message: "The certificate is good for 30 more days" },
  ]);
});

describe("each thing that is wrong is found, with what to do:", () => {
  test.each<readonly [string, Partial<CertificateFacts>, RegExp, RegExp]>([
    [
      "a key of another certificate",
      { key: issueCertificate(authority, names, now).keyPem },
      /key .* is not the certificate's/,
      /renew/,
    ],
    ["a key that is missing", { key: undefined }, /has no key/, /renew/],
    ["a damaged key", { key: "no key" }, /key .* is damaged/, /renew/],
    ["a damaged certificate", { certificate: "no certificate" }, /is damaged/, /renew/],
    ["a file without a certificate", { certificate: undefined }, /has no certificate in it/, /renew/],
    [
      "another authority",
      { authority: createAuthority([], now).certificatePem },
      /signed by another authority/,
      /renew/,
    ],
    [
      "an authority that is gone",
      { authority: undefined },
      /authority in \/home\/anna\/authority is gone/,
      /dev trust/,
    ],
    ["a name that is missing", { names: [...names, "admin.test"] }, /is not for admin\.test/, /renew/],
    ["an expired certificate", { now: now + 31 * day }, /expired on 2026-02-14/, /renew/],
    ["one that is due", { now: now + 25 * day }, /Less than a third/, /renew/],
    ["an expired authority", { now: now + 4000 * day }, /authority .* has expired/, /dev trust/],
    ["a clock that was set back", { now: now - 2 * day }, /clock says 2026-01-13/, /timedatectl/],
    ["a clock that is behind the file", { now: now - 5 * 60_000 }, /clock says/, /timedatectl/],
  ])("%s", (_, changes, message, fix) => {
    const found = check(changes);
    expect(found.map((each) => each.message)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
    expect(found.find((each) => message.test(each.message))?.fix).toMatch(fix);
  });
});

test("a name that the authority may not sign for is told with the names that it may", () => {
  const outside = issueCertificate(authority, [...names, "bank.example"], now);
  const found = check({ certificate: outside.certificatePem, key: outside.keyPem, names: [...names, "bank.example"] });
  expect(found.map(({ message }) => message)).toEqual([
    "The authority may not sign for bank.example: it is constrained to localhost, test, internal, shop.example",
  ]);
});

test("what cannot be used of the authority is told in its own words", () => {
  const problem = authorityDamaged("/home/anna/authority", "authority-key.pem is missing");
  expect(check({ authority: undefined, authorityProblem: problem })[0]).toEqual({
    level: "problem",
    message: problem.message,
    fix: problem.hint,
  });
});

test("before the first start there is nothing to complain of", () => {
  const nothing = { authority: undefined, certificate: undefined, key: undefined, writtenAt: undefined };
  expect(check(nothing)).toEqual([]);
});

import { expect, test } from "vitest";
import { parseSettings } from "../parse-settings.ts";
import { defaultPublicCertificate } from "./certificates.ts";

const parse = (production: unknown) =>
  parseSettings({ file: "/shop/dev.config.ts", text: "", value: { certificates: { production } } });

test("a certificate with nothing said is one of the staging authority, by http-01 on port 80", async () => {
  expect(await parse({})).toMatchObject({
    ok: true,
    settings: { certificates: { production: defaultPublicCertificate } },
  });
});

test("what is written is taken", async () => {
  const read = await parse({
    domains: ["shop.example", "*.shop.example"],
    email: "ops@shop.example",
    directory: "production",
    challenge: { type: "dns-01", command: ["./dns.sh"] },
    keyType: "rsa",
    onChange: ["nginx", "-s", "reload"],
  });
  expect(read).toMatchObject({
    ok: true,
    settings: {
      certificates: {
        production: {
          domains: ["shop.example", "*.shop.example"],
          directory: "production",
          challenge: { kind: "dns-command", command: ["./dns.sh"], settleMs: 10_000 },
          keyType: "rsa",
          onChange: ["nginx", "-s", "reload"],
        },
      },
    },
  });
  expect(await parse({ challenge: { type: "http-01", webroot: "public" } })).toMatchObject({
    settings: { certificates: { production: { challenge: { kind: "http-webroot", folder: "public" } } } },
  });
});

test("every mistake is told, a wildcard that http-01 cannot show too", async () => {
  const mistakesOf = async (value: unknown) => {
    const parsed = await parse(value);
    return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
  };
  expect(await mistakesOf({ domains: ["Shop.example"], directory: "http://acme.test", email: "ops" })).toEqual([
    'certificates.production.domains[0] must be a host name in lower case, or "*." before one',
    "certificates.production.email must be an e-mail address",
    'certificates.production.directory must be "staging", "production" or a URL that begins with https://',
  ]);
  expect(await mistakesOf({ domains: ["*.shop.example"] })).toEqual([
    "certificates.production.domains[0] must have a challenge of type dns-01: http-01 says nothing about wildcards",
  ]);
  expect(await mistakesOf({ challenge: { type: "http-01", port: 8080, webroot: "public" } })).toHaveLength(1);
  expect(await mistakesOf({ challenge: { type: "dns-01", command: [] } })).toHaveLength(1);
  expect(await mistakesOf({ challenge: { type: "dns" } })).toEqual([
    'certificates.production.challenge.type must be "http-01" or "dns-01", and is "dns"',
  ]);
  expect(await mistakesOf({ challenge: {} })).toEqual([
    'certificates.production.challenge.type must be "http-01" or "dns-01", and is missing',
  ]);
});

import { expect, test } from "vitest";
import { parseSettings } from "../parse-settings.ts";

const file = "/shop/dev.config.ts";
const parse = (value: unknown, text = "") => parseSettings({ file, text, value });
const messages = async (value: unknown) => {
  const parsed = await parse(value);
  return parsed.ok ? [] : parsed.problems.map(({ message, hint }) => (hint ? `${message} (${hint})` : message));
};

test("routes are read with their defaults", async () => {
  const routes = [
    { path: "/api/", to: "api:3000", timeout: 1.5, retries: 1 },
    { host: "old.shop.example", redirect: "https://$host/" },
    { host: "files", folder: "public", fallback: "/index.html" },
  ];
  const parsed = await parse({ routes });
  expect(parsed.ok && parsed.settings.routes).toEqual([
    {
      host: undefined,
      path: "/api/",
      isExact: false,
      headers: {},
      answer: {
        kind: "service",
        service: "api",
        port: 3000,
        rewrite: undefined,
        timeoutMs: 1500,
        tries: 2,
        balance: "round-robin",
        requestHeaders: {},
        maxBodyBytes: undefined,
        perSecond: undefined,
      },
    },
    {
      host: "old.shop.example",
      path: "/",
      isExact: false,
      headers: {},
      answer: { kind: "redirect", to: "https://$host/", status: 308 },
    },
    {
      host: "files",
      path: "/",
      isExact: false,
      headers: {},
      answer: { kind: "folder", folder: "public", fallback: "/index.html" },
    },
  ]);
});

test("mistakes in routes are told all at once, each with what is wrong", async () => {
  const routes = [
    {},
    { to: "api", redirect: "/" },
    { to: "api:x", path: "api" },
    { host: "Shop", folder: "public" },
    { folder: "public", retries: 3 },
    { to: "api", retires: 3 },
    { to: "api", headers: { "X Y": "1" } },
  ];
  expect(await messages({ routes })).toEqual([
    "routes[0] must have exactly one of to, redirect, folder, maintenance",
    "routes[1] must have exactly one of to, redirect, folder, maintenance; it has to and redirect",
    'routes[2].path must begin with "/" and have no spaces',
    'routes[2].to must be "service" or "service:port"',
    "routes[3].host must be a host name in lower case",
    "routes[4].retries needs `to`: it is about a service",
    'routes[5].retires is not a key of routes[5] (did you mean "retries"?)',
    expect.stringMatching(/^routes\[6\]\.headers/),
  ]);
});

test("the front is on unless it is turned off", async () => {
  expect(await parse({})).toMatchObject({ ok: true, settings: { front: { isOn: true, domain: undefined } } });
  expect(await parse({ front: false })).toMatchObject({ ok: true, settings: { front: { isOn: false } } });
  expect(await parse({ front: { domain: "shop.example" } })).toMatchObject({
    ok: true,
    settings: { front: { isOn: true, domain: "shop.example", certificate: "/etc/nginx/certs/fullchain.pem" } },
  });
  expect(await messages({ front: { domain: "Shop" } })).toHaveLength(1);
  expect(await parse({})).toMatchObject({ settings: { front: { server: "edge" } } });
  expect(await parse({ front: { server: "nginx" } })).toMatchObject({
    ok: true,
    settings: { front: { server: "nginx" } },
  });
  expect(await parse({ front: { containers: true } })).toMatchObject({
    settings: { front: { isForContainers: true } },
  });
  expect(await messages({ front: { server: "apache" } })).toEqual([expect.stringContaining("nginx")]);
});

import { array, assert, constantFrom, property, string, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { type HostTargets, substituteHosts } from "./substitute-hosts.ts";

const at = (port: number) => ({ host: "127.0.0.1", port });
const targets: HostTargets = new Map([
  ["mongo", { ports: new Map([[27017, at(4017)]]) }],
  ["redis", { ports: new Map([[6379, at(4379)]]) }],
  ["redis2", { ports: new Map([[6379, at(4380)]]) }],
  [
    "api",
    {
      ports: new Map([
        [3000, at(4000)],
        [9229, at(4229)],
      ]),
    },
  ],
  ["web", { ports: new Map([[80, at(4080)]]) }],
  ["worker", { ports: new Map() }],
]);

describe("substituteHosts", () => {
  it.each([
    ["mongodb://mongo:27017/shop?replicaSet=rs0", "mongodb://127.0.0.1:4017/shop?replicaSet=rs0"],
    ["mongodb://mongo/shop", "mongodb://127.0.0.1:4017/shop"],
    ["mongodb://user:p%40ss@mongo:27017/shop", "mongodb://user:p%40ss@127.0.0.1:4017/shop"],
    ["redis://:mongo@redis:6379/0", "redis://:mongo@127.0.0.1:4379/0"],
    ["redis:6379,redis2:6379", "127.0.0.1:4379,127.0.0.1:4380"],
    ["redis://redis:6379,redis2:6379", "redis://127.0.0.1:4379,127.0.0.1:4380"],
    ["http://api:3000,http://web/x", "http://127.0.0.1:4000,http://127.0.0.1:4080/x"],
    ["http://api", "http://127.0.0.1:4000"],
    ["http://api:9229/json", "http://127.0.0.1:4229/json"],
    ["http://api:8125/", "http://127.0.0.1:8125/"],
    ["ws://web", "ws://127.0.0.1:4080"],
    ["//api:3000/x", "//127.0.0.1:4000/x"],
    ["tcp://worker:1234", "tcp://127.0.0.1:1234"],
    ["curl -f http://api:3000/health && echo api", "curl -f http://127.0.0.1:4000/health && echo api"],
    ['fetch("http://api:3000")', 'fetch("http://127.0.0.1:4000")'],
    ["--upstream=api:3000", "--upstream=127.0.0.1:4000"],
  ])("%s becomes %s", (text, expected) => {
    expect(substituteHosts(text, targets)).toBe(expected);
  });

  it.each([
    "mongo:8",
    "api",
    "my-api:3000",
    "api-gateway:3000",
    "api.example.org:3000",
    "http://api.example.org/",
    "http://my-api:3000",
    "https://example.org/api:3000",
    "noreply@web",
    "redis:63790",
    "12:api:30",
    "/srv/mongo:27017",
  ])("%s stays as it is", (text) => {
    expect(substituteHosts(text, targets)).toBe(text);
  });

  it("changes nothing in text that names no service", () => {
    const text = string({ unit: "grapheme" }).filter((each) => !/mongo|redis|api|web|worker/.test(each));
    assert(property(text, (each) => substituteHosts(each, targets) === each));
  });

  it("keeps what stands around a host", () => {
    const word = stringMatching(/^[a-z0-9]{0,8}$/);
    const path = stringMatching(/^(\/[a-z0-9]{1,6}){0,3}$/);
    assert(
      property(word, path, constantFrom("api", "mongo", "redis2"), (user, rest, host) => {
        const [[port, address] = [0, at(0)]] = [...(targets.get(host)?.ports ?? [])];
        const prefix = user === "" ? "x://" : `x://${user}@`;
        return (
          substituteHosts(`${prefix}${host}:${port}${rest}`, targets) ===
          `${prefix}${address.host}:${address.port}${rest}`
        );
      }),
    );
  });

  it("does the same to each host of a list", () => {
    const host = constantFrom("api:3000", "mongo:27017", "example:1", "redis:6379");
    assert(
      property(array(host, { minLength: 1 }), (hosts) => {
        const one = hosts.map((each) => substituteHosts(each, targets)).join(",");
        return substituteHosts(hosts.join(","), targets) === one;
      }),
    );
  });
});

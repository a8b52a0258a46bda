import { describe, expect, test } from "vitest";
import { conform } from "./conform.ts";
import { mergeNodes } from "./merge.ts";
import { removePaths } from "./reset.ts";
import { service } from "./shapes/service.ts";
import type { YamlDocument } from "./yaml/convert.ts";
import { parseYaml } from "./yaml/parse-yaml.ts";
import { sourceOf } from "./yaml/source.ts";

function read(text: string): YamlDocument {
  const [document] = parseYaml(sourceOf("/a.yml", "a.yml", text), ({ message }) => expect.fail(message)) ?? [];
  if (!document) throw new Error("there is nothing to read");
  const base = { directory: "/", home: undefined };
  const root = conform(document.root, service, "", base, ({ message }) => expect.fail(message));
  return { ...document, root: root ?? document.root };
}

/** What a service prints after a later file was put on top of an earlier one. */
function merged(earlier: string, later: string): unknown {
  const [first, second] = [read(earlier), read(later)];
  const kept = first.root.kind === "mapping" ? removePaths(first.root, second.resets) : first.root;
  const printed = service.print(mergeNodes(kept, second.root, service), "yaml");
  return printed;
}

describe("a later file on top of an earlier one", () => {
  test.each([
    ["replaces single values", "image: a", "image: b", { image: "b" }],
    ["replaces commands whole", "command: [a, b]", "command: c d", { command: ["c", "d"] }],
    ["keeps what a null says nothing about", "hostname: a", "pid:", { hostname: "a" }],
    ["takes a command away with a null", "command: a", "command: null", {}],
    [
      "merges variables of either form",
      "environment: {A: 1, B: 2}",
      "environment: [B=3, C]",
      { environment: { A: "1", B: "3", C: null } },
    ],
    ["appends lists", "security_opt: [a]", "security_opt: [a, b]", { security_opt: ["a", "a", "b"] }],
    ["keeps one of each where entries have a key", "cap_add: [A]", "cap_add: [B, A]", { cap_add: ["A", "B"] }],
    [
      "knows a short build as its context",
      "build: ./a",
      "build: {target: t}",
      { build: { context: "/a", target: "t" } },
    ],
    [
      "keeps the condition of a dependency that it only adds to",
      "depends_on: {a: {condition: service_healthy}}",
      "depends_on: {a: {restart: true}}",
      { depends_on: { a: { condition: "service_healthy", restart: true } } },
    ],
    [
      "sets the condition when it names a dependency in a list",
      "depends_on: {a: {condition: service_healthy}}",
      "depends_on: [a]",
      { depends_on: { a: { condition: "service_started", required: true } } },
    ],
    [
      "replaces a mount on the same target",
      "volumes: [./a:/x, ./b:/y]",
      "volumes: [./c:/x/:ro]",
      {
        volumes: [
          { type: "bind", source: "/c", target: "/x", read_only: true, bind: { create_host_path: true } },
          { type: "bind", source: "/b", target: "/y", bind: { create_host_path: true } },
        ],
      },
    ],
    [
      "forgets options of another log driver",
      "logging: {driver: a, options: {x: 1}}",
      "logging: {driver: b}",
      { logging: { driver: "b" } },
    ],
    [
      "keeps options of the same log driver",
      "logging: {driver: a, options: {x: 1}}",
      "logging: {options: {y: 2}}",
      { logging: { driver: "a", options: { x: "1", y: "2" } } },
    ],
    [
      "appends hosts that are not there",
      "extra_hosts: {a: 1.1.1.1}",
      "extra_hosts: [a=1.1.1.1, b=2.2.2.2]",
      { extra_hosts: ["a=1.1.1.1", "b=2.2.2.2"] },
    ],
    ["replaces limits", "ulimits: {nofile: {soft: 1, hard: 2}}", "ulimits: {nofile: 3}", { ulimits: { nofile: 3 } }],
    [
      "resets",
      "cap_add: [A]\nhostname: a\nlabels: {a: b}",
      "cap_add: !reset []\nlabels: {a: !reset null, c: d}",
      { hostname: "a", labels: { c: "d" } },
    ],
    [
      "overrides",
      "cap_add: [A]\nlabels: {a: b}",
      "cap_add: !override [B]\nlabels: !override {c: d}",
      { cap_add: ["B"], labels: { c: "d" } },
    ],
  ])("%s", (_name, earlier, later, expected) => {
    expect(merged(earlier, later)).toEqual(expected);
  });
});

test("neither of two merged services is changed", () => {
  const [first, second] = [read("labels: {a: b}\ncap_add: [A]"), read("labels: {a: c}\ncap_add: [B]")];
  const before = JSON.stringify(service.print(first.root, "json"));
  mergeNodes(first.root, second.root, service);
  expect(JSON.stringify(service.print(first.root, "json"))).toBe(before);
});

import { expect, test } from "vitest";
import { launchConfigurations, withConfigurations } from "./launch-file.ts";

const inspector = { port: 9229, title: "server.js", url: "ws://127.0.0.1:9229/1", devtoolsUrl: "" };
const target = {
  service: "api",
  engine: "docker",
  waits: false,
  inspectors: [inspector],
  mapping: { local: "/shop/app", remote: "/app" },
} as const;
const configurations = launchConfigurations(target, "/shop");

test("a new launch.json", async () => {
  expect(await withConfigurations("", configurations, "launch.json")).toMatchInlineSnapshot(`
    "{
      "version": "0.2.0",
      "configurations": [
        {
          "name": "Attach to api",
          "type": "node",
          "request": "attach",
          "address": "127.0.0.1",
          "port": 9229,
          "restart": true,
          "localRoot": "\${workspaceFolder}/app",
          "remoteRoot": "/app",
          "skipFiles": [
            "<node_internals>/**"
          ]
        }
      ]
    }
    "
  `);
});

test("comments and other configurations stay; a configuration of the same name is replaced in its place", async () => {
  const before = `{
  // ours
  "configurations": [
    { "name": "Attach to api", "port": 1 }, // old
    { "name": "Mine", "type": "node" },
  ]
}
`;
  const once = await withConfigurations(before, configurations, "launch.json");
  expect(once).toContain("// ours");
  expect(once).toContain('{ "name": "Mine", "type": "node" }');
  expect(once).not.toContain('"port": 1 ');
  expect(once).toContain('"localRoot": "${workspaceFolder}/app"');
  expect(await withConfigurations(once, configurations, "launch.json")).toBe(once);
});

test("one a replica, added at the end", async () => {
  const two = launchConfigurations({ ...target, inspectors: [inspector, { ...inspector, port: 9230 }] }, "/shop");
  const text = await withConfigurations('{ "configurations": [ { "name": "Mine" } ] }', two, "launch.json");
  const read = JSON.parse(text) as { configurations: readonly { name: string; port?: number }[] };
  expect(read.configurations.map(({ name, port }) => [name, port])).toEqual([
    ["Mine", undefined],
    ["Attach to api.1", 9229],
    ["Attach to api.2", 9230],
  ]);
});

test.each([
  ['{ "configurations": ', /cannot be changed: .* at character/],
  ["[]", /it is no object/],
  ['{ "configurations": {} }', /is no list/],
])("%s is left alone", async (text, reason) => {
  await expect(withConfigurations(text, configurations, "launch.json")).rejects.toMatchObject({
    code: "BAD_LAUNCH_FILE",
    message: expect.stringMatching(reason),
  });
});

import { expect, it } from "vitest";
import { parseConfiguration } from "../configuration/parse-configuration.ts";
import { devContainerText } from "./devcontainer-text.ts";

it("A new devcontainer.json forwards what the stack publishes, by the services' names", () => {
  const text = devContainerText({
    name: 'the "shop"',
    installs: { api: "npm ci --prefix api" },
    ports: [
      { port: 8080, label: "proxy", protocol: "http" },
      { port: 5432, label: "postgres" },
    ],
  });
  expect(
    text,
  ).toBe(`// VS Code and Codespaces: "Reopen in Container". Without an editor: \`npx dev container up\`, then \`npx dev container exec\`.
{
  "name": "the \\"shop\\"",
  "image": "mcr.microsoft.com/devcontainers/javascript-node:24",
  "features": {
    // A Docker engine of its own inside: mounts and published ports work as on a laptop. The container is privileged for it; where
    // that is not allowed, take it out: \`dev up\` then runs the stack with Node alone.
    "ghcr.io/devcontainers/features/docker-in-docker:2": {}
  },
  // On macOS and Windows this installs modules for Linux: install again to go on outside.
  "postCreateCommand": "npm ci --prefix api",
  "forwardPorts": [8080, 5432],
  "portsAttributes": {
    "8080": { "label": "proxy", "protocol": "http", "onAutoForward": "notify" },
    "5432": { "label": "postgres", "onAutoForward": "silent" }
  },
  "otherPortsAttributes": { "onAutoForward": "silent" }
}
`);
});

it("It is read without a mistake, also where there is little to say", () => {
  const read = (text: string) => parseConfiguration(text, "/a/.devcontainer/devcontainer.json", () => false);
  const little = read(devContainerText({ name: "a", installs: {}, ports: [] }));
  expect(little).toMatchObject({ ok: true, configuration: { ports: { forwardPorts: [] }, notices: [] } });
  const much = read(
    devContainerText({ name: "a", installs: { project: "npm ci", web: "x" }, ports: [{ port: 1, label: "a" }] }),
  );
  expect(much).toMatchObject({ ok: true, configuration: { ports: { attributes: { 1: { label: "a" } } } } });
});

import { describe, expect, it } from "vitest";
import { parseConfiguration } from "./parse-configuration.ts";

const file = "/shop/.devcontainer/devcontainer.json";
const parse = (text: string, present: readonly string[] = []) =>
  parseConfiguration(text, file, (path) => present.includes(path));

/** Each mistake as `line:column message`. */
function mistakes(text: string): readonly string[] {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("a devcontainer.json", () => {
  it("is read with its comments and trailing commas", () => {
    const parsed = parse(`{
      // the image of the team
      "name": "Shop", "image": "node:24",
      "forwardPorts": [3000, "db:5432", "8080",],
      "portsAttributes": { "3000": { "label": "web", "protocol": "http", "onAutoForward": "notify" } },
    }`);
    expect(parsed).toEqual({
      ok: true,
      configuration: {
        file,
        name: "Shop",
        source: "image",
        ports: {
          forwardPorts: [
            { host: "localhost", port: 3000 },
            { host: "db", port: 5432 },
            { host: "localhost", port: 8080 },
          ],
          attributes: { "3000": { label: "web", protocol: "http" } },
          otherAttributes: {},
        },
        notices: [],
      },
    });
  });

  it("that is no JSON is a mistake at its place, though the CLI would take what it can of it", () => {
    expect(mistakes('{ "image": "node:24" "forwardPorts": [3000] }')).toEqual([
      "1:22 this is not JSON: comma expected",
    ]);
    expect(mistakes('{ "image": "node:24"')).toEqual(["1:21 this is not JSON: close brace expected"]);
    expect(mistakes("[]")).toEqual(["1:1 the file is to hold one object, { ... }"]);
  });

  it("shows every mistake at once", () => {
    const text = `{
  "dockerComposeFile": ["../compose.yml", "\${localEnv:EXTRA}.yml"],
  "forwardPorts": [0, "db:70000", { "port": 1 }],
  "portsAttributes": { "3000": "web" }
}`;
    expect(mistakes(text)).toEqual([
      "2:3 a Compose dev container names the service that is the workspace",
      "2:25 there is no ../compose.yml",
      "3:20 forwardPorts: 0 is no port",
      '3:23 forwardPorts: "db:70000" is no port',
      '3:35 forwardPorts: {"port":1} is no port',
      "4:32 portsAttributes.3000 is an object",
    ]);
    expect(mistakes("{}")).toEqual(["1:1 it does not say what the container is made from"]);
    expect(mistakes('{ "image": "a", "forwardPorts": 3000 }')).toEqual(["1:33 forwardPorts is a list"]);
  });

  it("finds its Dockerfile from its own folder", () => {
    const text = '{ "build": { "dockerfile": "../Dockerfile" } }';
    expect(parse(text, ["/shop/Dockerfile"]).ok).toBe(true);
    expect(mistakes(text)).toEqual(["1:28 there is no ../Dockerfile"]);
  });

  it("may have keys of others, but one that is nearly a known one is told", () => {
    const parsed = parse('{\n"image": "node:24",\n"forwardPort": [1],\n"x-team": 1,\n"customizations": {} }');
    expect(parsed.ok && parsed.configuration.notices).toEqual([
      'line 3: "forwardPort" is no key of a devcontainer.json; did you mean "forwardPorts"?',
    ]);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfiguration } from "@drydock/devcontainer";
import { expect, it } from "vitest";
import { loadStack } from "../load-stack.ts";
import { describeStack } from "./describe-stack.ts";

const repository = join(import.meta.dirname, "../../..");

it.each([".", "templates/starter"])(
  "The dev container of %s has no mistake, and forwards what its stack publishes",
  (folder) => {
    const directory = join(repository, folder);
    const file = join(directory, ".devcontainer/devcontainer.json");
    const parsed = parseConfiguration(readFileSync(file, "utf8"), file, () => false);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { ports, notices } = parsed.configuration;
    expect(notices).toEqual([]);
    const source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
    const stated = ports.forwardPorts.map(({ port }) => ({ port, ...ports.attributes[port] }));
    expect(stated).toEqual(describeStack(loadStack(source).environment).ports);
  },
);

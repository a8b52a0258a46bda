import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually, placeOrderAndSeeItDone } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { Checkout, freePort, run } from "./fixtures/checkout.ts";
import {
  containerPorts,
  containersOf,
  containerUp,
  devContainerText,
  programPath,
  removeWithContainer,
} from "./fixtures/dev-container.ts";
import { getText } from "./fixtures/get-text.ts";
import { dockerAbsence, missingPrograms, processesLeft, reasonText } from "./fixtures/machine.ts";

const absence = dockerAbsence() ?? missingPrograms("npm");
const file = ".devcontainer/devcontainer.json";

describe.skipIf(absence !== undefined)(`dev containers${reasonText(absence)}`, () => {
  let checkout: Checkout | undefined;

  afterEach(async () => {
    await removeWithContainer(checkout);
    checkout = undefined;
  });

  it("run the starter inside, on Node alone, as a user who owns the workspace; outside, its front door is reached and its state is not", async () => {
    checkout = await Checkout.ofStarter("inside", "docker");
    const { directory, variables } = checkout;
    const port = Number(variables.PROXY_PORT);
    await run("npm", ["ci", "--prefix", "app", "--prefer-offline"], directory, variables);
    const containerEnv = { PROXY_PORT: String(port), COMPOSE_PROJECT_NAME: "inside", DRYDOCK_PROVIDERS: "embedded" };
    const text = devContainerText({ remoteUser: "node", containerEnv, forwardPorts: [port] });
    await writeFile(join(directory, file), text);
    await containerUp(checkout);
    // The CLI gives a user of this machine the same number inside, but root: its workspace is given away here.
    if (process.getuid?.() === 0) execFileSync("chown", ["-R", "1000:1000", directory]);
    const inside = (...words: readonly string[]) => checkout?.devOk("container", "exec", "node", programPath, ...words);
    await inside("up", "--detach");
    expect((await inside("status"))?.stdout).toContain("local engine");
    const doctor = await checkout.dev("container", "exec", "node", programPath, "doctor");
    expect(doctor.stdout).toContain("This is a dev container: its state lies in .dev/in-container");
    const [forwarded] = await containerPorts(checkout);
    expect(forwarded?.answers).toBe(true);
    const order = await placeOrderAndSeeItDone(`http://${forwarded?.address}`);
    expect(order.states.at(-1)).toBe("done");
    expect((await checkout.devOk("status")).stdout).toContain("Nothing runs");
    expect((await inside("down"))?.stdout).toMatch(/^Down in /);
  });

  it("of Compose reach the services beside them, are stopped, started again as they are, and removed with their project", async () => {
    const [web, database] = [await freePort(), await freePort()];
    const answer =
      "process.on('SIGTERM', () => process.exit()); require('http').createServer((_, r) => r.end('db')).listen(9000)";
    checkout = await Checkout.of({
      [file]: JSON.stringify({
        dockerComposeFile: "compose.yml",
        service: "app",
        workspaceFolder: "/workspace",
        forwardPorts: ["db:9000", web],
        portsAttributes: { "db:9000": { label: "db" } },
      }),
      ".devcontainer/compose.yml": JSON.stringify({
        name: `dev-container-${database}`,
        services: {
          app: { image: "node:24-slim", command: "sleep infinity", volumes: ["..:/workspace"] },
          db: { image: "node:24-slim", command: ["node", "-e", answer] },
        },
      }),
    });
    const first = await containerUp(checkout);
    const at = first.ports.find(({ port }) => port === "db:9000")?.address;
    expect(await eventually(() => getText(`http://${at}/`))).toBe("db");
    expect((await checkout.devOk("container", "stop")).stdout).toContain(`dev-container-${database}-db-1`);
    await expect(getText(`http://${at}/`)).rejects.toThrow();
    const second = await containerUp(checkout);
    expect([second.container.id, second.ports[0]?.address]).toEqual([first.container.id, at]);
    const rebuilt = await containerUp(checkout, "rebuild");
    expect(rebuilt.container.id).not.toBe(first.container.id);
    const down = await checkout.devOk("container", "down");
    expect(down.stdout).toContain(`the Compose project dev-container-${database}; nothing of it is left.`);
    const project = `label=com.docker.compose.project=dev-container-${database}`;
    for (const kind of [
      ["ps", "-aq"],
      ["network", "ls", "-q"],
    ])
      expect(execFileSync("docker", [...kind, "--filter", project], { encoding: "utf8" })).toBe("");
    expect(await processesLeft(checkout.directory)).toEqual([]);
  });

  it("let their ports go when the container stops, by whomever; what a failed start made is removed", async () => {
    const port = await freePort();
    checkout = await Checkout.of({ [file]: devContainerText({ forwardPorts: [port] }) });
    const { container } = await containerUp(checkout);
    execFileSync("docker", ["kill", container.id]);
    expect(await processesLeft(checkout.directory)).toEqual([]);
    const stopped = await checkout.dev("container", "exec", "true");
    expect([stopped.exitCode, stopped.stderr]).toEqual([3, expect.stringContaining("is stopped")]);
    await checkout.devOk("container", "down");

    await writeFile(join(checkout.directory, file), devContainerText({ appPort: port }));
    const holder = await Checkout.of({ [file]: devContainerText({ appPort: port }) });
    try {
      await containerUp(holder);
      const failed = await checkout.dev("container", "up");
      expect([failed.exitCode, failed.stderr]).toEqual([
        1,
        expect.stringContaining(`port ${port}, which it publishes, is taken`),
      ]);
      expect(containersOf(checkout.directory)).toEqual([]);
    } finally {
      await removeWithContainer(holder);
    }
  });
});

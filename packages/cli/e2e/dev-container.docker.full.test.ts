import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import {
  type ContainerDocument,
  containerPorts,
  containersOf,
  containerUp,
  devContainerText,
  programPath,
  removeWithContainer,
} from "./fixtures/dev-container.ts";
import { getText } from "./fixtures/get-text.ts";
import { dockerAbsence, processesLeft, reasonText } from "./fixtures/machine.ts";

const absence = dockerAbsence();

// On the container's loopback alone, as development servers listen.
const server = `require("node:http").createServer((_, response) => response.end("from inside")).listen(PORT, "127.0.0.1");`;

describe.skipIf(absence !== undefined)(`a repository's dev container, without an editor${reasonText(absence)}`, () => {
  let checkout: Checkout;
  let holder: Server;
  let web: number;
  let up: ContainerDocument;

  beforeAll(async () => {
    holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const taken = typeof address === "object" && address ? address.port : 0;
    web = await freePort();
    checkout = await Checkout.of({
      "compose.yaml": "name: in-a-container\nservices:\n  redis:\n    image: redis:8\n",
      ".devcontainer/devcontainer.json": devContainerText({
        forwardPorts: [web, taken],
        portsAttributes: { [web]: { label: "web" } },
        postCreateCommand: "echo made > made",
      }),
    });
    up = await containerUp(checkout);
  });

  afterAll(async () => {
    holder?.close();
    await removeWithContainer(checkout);
  });

  it("comes up with its commands run, and says where its ports are: one that is taken has moved", async () => {
    expect([up.user, up.folder.startsWith("/workspaces/"), up.notices]).toEqual(["root", true, []]);
    const [own, moved] = up.ports;
    expect(own).toMatchObject({ port: String(web), label: "web", state: "forwarded", address: `127.0.0.1:${web}` });
    expect(moved).toMatchObject({ moved: "taken", holder: expect.stringContaining(String(process.pid)) });
    expect(moved?.address).not.toBe(`127.0.0.1:${moved?.port}`);
  });

  it("runs `dev status` inside, which knows that it is there", async () => {
    const inside = await checkout.devOk("container", "exec", "node", programPath, "status", "--json");
    expect(JSON.parse(inside.stdout)).toMatchObject({ project: "in-a-container", engine: { kind: "local" } });
    const command = "cat made; test -d .dev/in-container; exit 3";
    const told = await checkout.dev("container", "exec", "sh", "-c", command);
    expect([told.exitCode, told.stdout]).toEqual([3, "made\n"]);
  });

  it("is reached on the forwarded port by what listens inside", async () => {
    expect((await containerPorts(checkout))[0]?.answers).toBe(false);
    await expect(getText(`http://127.0.0.1:${web}/`)).rejects.toThrow();
    execFileSync("docker", ["exec", "-d", up.container.id, "node", "-e", server.replace("PORT", String(web))]);
    const answer = await eventually(() => getText(`http://127.0.0.1:${web}/`));
    expect(answer).toBe("from inside");
    expect((await containerPorts(checkout))[0]?.answers).toBe(true);
  });

  it("goes down with nothing left: no container, no forwarder", async () => {
    expect((await checkout.devOk("container", "down", "--dry-run")).stdout).toBe(
      `Would be removed: ${up.container.name}. Nothing was changed.\n`,
    );
    expect(containersOf(checkout.directory)).toEqual([`${up.container.name} running`]);
    expect((await checkout.devOk("container", "down")).stdout).toBe(
      `Removed ${up.container.name}; nothing of it is left.\n`,
    );
    expect(containersOf(checkout.directory)).toEqual([]);
    expect(await processesLeft(checkout.directory)).toEqual([]);
    const again = await checkout.dev("container", "ports");
    expect([again.exitCode, again.stderr]).toEqual([
      3,
      expect.stringContaining("There is no dev container of this folder"),
    ]);
  });
});

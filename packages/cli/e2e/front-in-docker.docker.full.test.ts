import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { ask, trusting } from "./fixtures/https-client.ts";
import { dockerAbsence, dockerThings, processesLeft, reasonText } from "./fixtures/machine.ts";

const absence = dockerAbsence();
const compose = `name: \${NAME}
services:
  web: { image: "nginx:1.30", ports: ["\${WEB_PORT}:80"] }
`;
const config = `export default {
  front: { server: "nginx" },
  routes: [{ path: "/files/", folder: "files" }, { path: "/", to: "web:80" }],
};
`;

describe.skipIf(absence !== undefined)(`the front on the stack's own nginx${reasonText(absence)}`, () => {
  let checkout: Checkout;
  let data = "";
  let authority = "";
  let name = "";

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "drydock-data-"));
    const port = String(await freePort());
    name = `front-in-docker-${port}`;
    const variables = { NAME: name, WEB_PORT: port, XDG_DATA_HOME: data };
    const files = { "compose.yaml": compose, "dev.config.ts": config, "files/a.txt": "a file" };
    checkout = await Checkout.of(files, variables);
    await checkout.devOk("up", "--detach");
    authority = await readFile(join(data, "drydock/authority/authority.pem"), "utf8");
  });

  afterAll(async () => {
    await checkout?.remove();
    await rm(data, { recursive: true, force: true });
  });

  const fronts = () =>
    execFileSync("docker", ["ps", "-a", "--format", "{{.Image}}", "--filter", `label=dev.drydock.front=${name}`], {
      encoding: "utf8",
    }).trim();
  const urlOf = async (path: string) => {
    const { services } = await checkout.status();
    const own = String(services[0]?.urls.find((each) => each.startsWith("https:")));
    return own.replace("//web.", "//").replace(/\/?$/, path);
  };

  it("serves the services and the project's files from a container of that image", async () => {
    expect(fronts()).toBe("nginx:1.30");
    expect((await ask(await urlOf("/"), trusting(authority))).status).toBe(200);
    expect((await ask(await urlOf("/files/a.txt"), trusting(authority))).text).toBe("a file");
  });

  it("leaves no container when its supervisor is killed with -9, is there again after the next up, and gone after down", async () => {
    process.kill((await checkout.status()).supervisorPid ?? 0, "SIGKILL");
    await eventually(() => fronts() === "", 10_000);
    await checkout.devOk("up", "--detach");
    expect(fronts()).toBe("nginx:1.30");
    expect((await ask(await urlOf("/"), trusting(authority))).status).toBe(200);
    await checkout.devOk("down");
    expect(await processesLeft(checkout.directory)).toEqual([]);
    expect(dockerThings(name, false)).toEqual([]);
  });
});

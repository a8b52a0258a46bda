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
  published: { image: "nginx:1.30", ports: ["\${WEB_PORT}:80"] }
  exposed: { image: "nginx:1.30", expose: ["80"] }
`;

describe.skipIf(absence !== undefined)(`the front before containers${reasonText(absence)}`, () => {
  let checkout: Checkout;
  let data = "";
  let authority = "";

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "drydock-data-"));
    const port = String(await freePort());
    const variables = { NAME: `front-${port}`, WEB_PORT: port, XDG_DATA_HOME: data };
    checkout = await Checkout.of({ "compose.yaml": compose }, variables);
    await checkout.devOk("up", "--detach");
    authority = await readFile(join(data, "drydock/authority/authority.pem"), "utf8");
  });

  afterAll(async () => {
    await checkout?.remove();
    await rm(data, { recursive: true, force: true });
  });

  const urls = async () => {
    const { services } = await checkout.status();
    return services.map((service) => String(service.urls.find((each) => each.startsWith("https:"))));
  };

  it("reaches published ports, and, where this machine shares the network, exposed ones", async () => {
    for (const url of await urls()) expect((await ask(url, trusting(authority))).status).toBe(200);
  });

  it("finds containers that were made anew at their new addresses", async () => {
    await checkout.devOk("up", "--detach", "--force-recreate");
    for (const url of await urls()) expect((await ask(url, trusting(authority))).status).toBe(200);
  });

  it("ends with its supervisor, is there again after the next up, and is gone after down", async () => {
    const { supervisorPid = 0, project } = await checkout.status();
    process.kill(supervisorPid, "SIGKILL");
    await eventually(async () => (await processesLeft(checkout.directory)).length === 0, 20_000);
    await checkout.devOk("up", "--detach");
    for (const url of await urls()) expect((await ask(url, trusting(authority))).status).toBe(200);
    await checkout.devOk("down");
    expect(await processesLeft(checkout.directory)).toEqual([]);
    expect(dockerThings(project, false)).toEqual([]);
  });
});

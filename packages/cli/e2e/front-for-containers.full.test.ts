import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { dockerAbsence, reasonText } from "./fixtures/machine.ts";

const absence = dockerAbsence();
const compose = `name: \${NAME}
services:
  api:
    image: node:24-slim
    expose: ["3000"]
    command: ["node", "-e", "require('http').createServer((_, answer) => answer.end('hello')).listen(3000); process.on('SIGTERM', () => process.exit(0))"]
  other:
    image: node:24-slim
    networks: [apart]
    command: ["node", "-e", "setInterval(() => undefined, 1e6); process.on('SIGTERM', () => process.exit(0))"]
networks:
  apart: {}
`;
const config = (isOn: boolean, server: string) =>
  `export default { front: { containers: ${isOn}, server: "${server}" }, reload: { browser: false } };\n`;

describe.skipIf(absence !== undefined)(`containers and the stack's own addresses${reasonText(absence)}`, () => {
  let checkout: Checkout;
  let data = "";

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "drydock-data-"));
    const variables = { NAME: `inside-${await freePort()}`, XDG_DATA_HOME: data };
    checkout = await Checkout.of({ "compose.yaml": compose, "dev.config.ts": config(true, "edge") }, variables);
    await checkout.devOk("up", "--detach");
  });
  afterAll(async () => {
    await checkout?.remove();
    await rm(data, { recursive: true, force: true });
  });

  const urlOfApi = async () => {
    const { services } = await checkout.status();
    const urls = services.find(({ name }) => name === "api")?.urls ?? [];
    return String(urls.findLast((each) => each.startsWith("https:")));
  };
  const askFrom = async (service: string, url: string) => {
    const script = `fetch("${url}").then(async (answer) => console.log(answer.status, await answer.text()), (error) => console.log(error.cause?.code ?? error.message))`;
    return (await checkout.devOk("exec", service, "node", "-e", script)).stdout.trim();
  };

  it("reach and trust them, from every network, also on nginx", async () => {
    const url = await urlOfApi();
    expect(await askFrom("api", url)).toBe("200 hello");
    expect(await askFrom("other", url)).toBe("200 hello");
    const again = (await checkout.devOk("up", "--detach")).stdout;
    expect(again).toMatch(/nothing to do|up to date|unchanged|Ready/i);
    await writeFile(join(checkout.directory, "dev.config.ts"), config(true, "nginx"));
    await checkout.devOk("up", "--detach");
    expect(await askFrom("other", await urlOfApi())).toBe("200 hello");
  });

  it("do not where that is not asked for: they are made anew without it", async () => {
    await writeFile(join(checkout.directory, "dev.config.ts"), config(false, "edge"));
    await checkout.devOk("up", "--detach");
    expect(await askFrom("other", await urlOfApi())).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { askMeanwhile } from "./fixtures/ask-meanwhile.ts";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { dockerAbsence, reasonText } from "./fixtures/machine.ts";

const absence = dockerAbsence();
const nginx = "nginx";
const hasNginx = spawnSync(nginx, ["-v"], { stdio: "ignore" }).status === 0;
const noDocker = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
const server =
  'require("node:http").createServer((_, answer) => answer.end(String(process.pid))).listen(process.env.PORT ?? 3000);';
const files = (frontServer: string, build: string) => ({
  "compose.yaml": `name: \${NAME}\nservices:\n  api:\n${build}`,
  "server.js": `${server}\nprocess.on("SIGTERM", () => process.exit(0));\n`,
  "dev.config.ts": `export default { front: { server: "${frontServer}" }, reload: { browser: false } };\n`,
});
// No port is published: the address of a container is its own, and another one when it is made anew.
const exposed = `    image: node:24-slim\n    expose: ["3000"]\n    command: node /srv/server.js\n    volumes: [".:/srv:ro"]\n`;
const local = `    image: node:24-slim\n    x-dev: { run: node server.js }\n    expose: ["3000"]\n`;

let checkout: Checkout | undefined;
let data = "";
afterEach(async () => {
  await checkout?.remove();
  if (data) await rm(data, { recursive: true, force: true });
});

async function open(frontServer: string, build: string, more: Readonly<Record<string, string>>) {
  data = await mkdtemp(join(tmpdir(), "drydock-data-"));
  const variables = { NAME: `anew-${await freePort()}`, XDG_DATA_HOME: data, ...more };
  checkout = await Checkout.of(files(frontServer, build), variables);
  await checkout.devOk("up", "--detach");
  const { services } = await checkout.status();
  const url = String(services[0]?.urls.findLast((each) => each.startsWith("https:")));
  return { url, stack: checkout, authority: await readFile(join(data, "drydock/authority/authority.pem"), "utf8") };
}

describe.each(["edge", "nginx"])("on %s, clients that go on asking see a wait and no failure", (frontServer) => {
  const isSkipped = frontServer === "nginx" && !hasNginx;

  it.skipIf(isSkipped)("when a local service is restarted, by hand and after a save", async () => {
    const { url, stack, authority } = await open(frontServer, local, noDocker);
    const { answered, failures } = await askMeanwhile(url, authority, 10, async () => {
      for (let turn = 0; turn < 3; turn++) await stack.devOk("restart", "api");
      await writeFile(join(stack.directory, "server.js"), `${files(frontServer, local)["server.js"]}// saved\n`);
      await stack.devOk("restart", "api");
    });
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(20);
  });

  it.skipIf(isSkipped || absence !== undefined)(
    `when containers are made anew, with other addresses${reasonText(absence)}`,
    async () => {
      const { url, stack, authority } = await open(frontServer, exposed, {});
      const { answered, failures } = await askMeanwhile(url, authority, 10, async () => {
        for (let turn = 0; turn < 3; turn++) await stack.devOk("up", "--detach", "--force-recreate");
      });
      expect(failures).toEqual([]);
      expect(answered).toBeGreaterThan(20);
    },
  );
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { ask, trusting } from "./fixtures/https-client.ts";
import { talkativeProject } from "./fixtures/talkative-service.ts";

let checkout: Checkout;
let data = "";
const passphraseFile = () => join(data, "passphrase");

// Leaves live two minutes here: half of that is over when they begin, and a third is left 20 s later.
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "drydock-data-"));
  await writeFile(passphraseFile(), "correct horse battery staple\n");
  const port = await freePort();
  checkout = await Checkout.of(talkativeProject, {
    NAME: `protected-${port}`,
    WEB_PORT: String(port),
    DOCKER_HOST: "unix:///nonexistent/docker.sock",
    XDG_DATA_HOME: data,
    DRYDOCK_CERTIFICATE_SECONDS: "60",
  });
});

afterAll(async () => {
  await checkout?.remove();
  await rm(data, { recursive: true, force: true });
});

it("keeps serving a leaf that is due while nobody gives the passphrase, says so, and serves a new one when somebody does", async () => {
  expect((await checkout.dev("certs", "protect", "--passphrase-file", passphraseFile())).exitCode).toBe(3);
  const running = checkout.start("up");
  const url = await eventually(() => /https:\/\/\S+localhost(?::\d+)?/.exec(running.output)?.[0], 60_000);
  const authority = await readFile(join(data, "drydock/authority/authority.pem"), "utf8");
  const served = async () => (await ask(url, trusting(authority))).serialNumber;
  await checkout.devOk("certs", "protect", "--passphrase-file", passphraseFile());
  await eventually(() => running.output.includes("was not renewed: the authority's key has a passphrase"), 120_000);
  const before = await served();
  const refused = await checkout.dev("certs", "renew");
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("is protected by a passphrase") });
  expect((await checkout.dev("certs", "check")).stdout).toContain("its key has a passphrase");
  const renewed = await checkout.devOk("certs", "renew", "--passphrase-file", passphraseFile());
  expect(renewed.stdout).toContain("The front serves it.");
  expect(await served()).not.toBe(before);
  running.interrupt();
  await running.exitCode;
});

it("compares a site with the running stack, and a file with what it would serve", async () => {
  await checkout.devOk("up", "--detach");
  const url = String((await checkout.status()).url);
  const same = await checkout.devOk("parity", url, "--with", url, "--json", "--min-score", "100");
  expect(JSON.parse(same.stdout)).toMatchObject({ score: 100, theirs: expect.stringContaining(url) });
  const rendered = await checkout.devOk("proxy", "render", "--for", "production", "--domain", "shop.example");
  await writeFile(join(checkout.directory, "nginx.conf"), rendered.stdout);
  expect((await checkout.devOk("parity", "nginx.conf", "--min-score", "100")).stdout).toContain("100 of 100");
  const other = rendered.stdout.replace(/proxy_read_timeout 1h/, "proxy_read_timeout 5s");
  await writeFile(join(checkout.directory, "nginx.conf"), other);
  const differs = await checkout.dev("parity", "nginx.conf", "--min-score", "100");
  expect(differs).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/proxy_read_timeout +production +5s/) });
});

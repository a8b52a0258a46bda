import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { ask, trusting } from "./fixtures/https-client.ts";
import { talkativeProject } from "./fixtures/talkative-service.ts";

let checkout: Checkout;
let data = "";
const folder = () => join(data, "drydock/authority");
const leaf = () => join(checkout.directory, ".dev/front/front.pem");

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "drydock-data-"));
  const port = await freePort();
  checkout = await Checkout.of(talkativeProject, {
    NAME: `certs-${port}`,
    WEB_PORT: String(port),
    DOCKER_HOST: "unix:///nonexistent/docker.sock",
    XDG_DATA_HOME: data,
  });
});

afterAll(async () => {
  await checkout?.remove();
  await rm(data, { recursive: true, force: true });
});

it("has nothing to complain of before the first up", async () => {
  expect((await checkout.devOk("certs", "list")).stdout).toBe("There are no certificates yet. `dev up` makes them.\n");
  expect((await checkout.devOk("certs", "check")).stdout).toContain("There is no certificate yet");
});

it("lists, checks and renews what the front serves", async () => {
  await checkout.devOk("up", "--detach");
  const url = String((await checkout.status()).url);
  const list = async () =>
    JSON.parse((await checkout.devOk("certs", "list", "--json")).stdout) as {
      certificates: readonly { kind: string; serialNumber: string; names: readonly string[] }[];
    };
  const { certificates } = await list();
  expect(certificates.map(({ kind }) => kind)).toEqual(["authority", "front"]);
  expect(certificates[1]?.names).toContain(new URL(url).hostname);
  const authority = await readFile(join(folder(), "authority.pem"), "utf8");
  const served = async () => (await ask(url, trusting(authority))).serialNumber;
  expect(await served()).toBe(certificates[1]?.serialNumber);

  expect((await checkout.devOk("certs", "renew")).stdout).toContain("The front serves it.");
  const renewed = (await list()).certificates[1]?.serialNumber;
  expect(renewed).not.toBe(certificates[1]?.serialNumber);
  expect(await served()).toBe(renewed);
  expect((await checkout.devOk("certs", "check")).stdout).toMatch(/good for (?:29|30) more days/);
  expect((await checkout.devOk("doctor")).stdout).toMatch(/certs +The certificate is good/);
});

it("finds a damaged pair, a readable key and an authority that is gone, and says what to do", async () => {
  const check = async () => {
    const { exitCode, stdout } = await checkout.dev("certs", "check", "--json");
    const { findings } = JSON.parse(stdout) as {
      findings: readonly { level: string; message: string; fix?: string }[];
    };
    return { exitCode, problems: findings.filter(({ level }) => level === "problem") };
  };
  const good = await readFile(leaf(), "utf8");
  await writeFile(leaf(), good.replace(/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/, ""));
  expect(await check()).toMatchObject({
    exitCode: 1,
    problems: [{ message: expect.stringContaining("has no key"), fix: "dev certs renew" }],
  });
  await writeFile(leaf(), good);

  await chmod(join(folder(), "authority-key.pem"), 0o644);
  expect((await check()).problems[0]).toMatchObject({ fix: expect.stringContaining("chmod 600") });
  await chmod(join(folder(), "authority-key.pem"), 0o600);

  await rm(folder(), { recursive: true });
  expect((await check()).problems[0]).toMatchObject({
    message: expect.stringContaining("is gone"),
    fix: expect.stringContaining("dev trust"),
  });
  // The next up makes a new authority, and a certificate that it signed.
  await checkout.devOk("up", "--detach");
  expect(await check()).toEqual({ exitCode: 0, problems: [] });
  const authority = await readFile(join(folder(), "authority.pem"), "utf8");
  const [url = ""] = (await checkout.status()).services[0]?.urls ?? [];
  expect((await ask(url, trusting(authority))).status).toBe(200);
});

it("shows what trusting would run, runs nothing without being told to, and tells how to go without", async () => {
  const { stdout } = await checkout.devOk("trust", "--dry-run");
  expect(stdout).toContain("which signs for localhost and names below .localhost, .test and .internal only");
  expect(stdout).toContain(`NODE_EXTRA_CA_CERTS="${join(folder(), "authority.pem")}"`);
  expect((await checkout.devOk("trust", "--uninstall", "--dry-run")).stdout).toContain("forget Drydock");
});

it("renders the routes for this machine and for production, which differ in names, addresses and certificates only", async () => {
  const local = (await checkout.devOk("proxy", "render", "--nginx", "1.30.0")).stdout;
  const production = (
    await checkout.devOk("proxy", "render", "--for", "production", "--domain", "shop.example", "--nginx", "1.30.0")
  ).stdout;
  expect(local).toMatch(/server 127\.0\.0\.1:\d+ max_fails=0;/);
  expect(production).toContain("server other:4000 resolve max_fails=0;");
  expect(production).toContain("server_name shop.example;");
  const common = (text: string) =>
    text.split("\n").filter((line) => /^ {2}(?:proxy_|ssl_[^c]|gzip|map|log_format)/.test(line));
  expect(common(production)).toEqual(common(local));
  const unnamed = await checkout.dev("proxy", "render", "--for", "production");
  expect([unnamed.exitCode, unnamed.stderr]).toEqual([2, expect.stringContaining("--domain shop.example")]);
  expect((await checkout.devOk("proxy", "check")).stdout).toMatch(/takes it/);
  expect((await checkout.devOk("proxy", "check", "--for", "production", "--domain", "shop.example")).stdout).toMatch(
    /takes it/,
  );
});

import { execFileSync } from "node:child_process";
import { checkStarterContract, eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./fixtures/checkout.ts";
import { dockerAbsence, dockerThings, reasonText } from "./fixtures/machine.ts";
import { orderIn, seedingKept } from "./fixtures/order-in.ts";

const absence = dockerAbsence();

describe.skipIf(absence !== undefined)(`the starter on a Docker engine${reasonText(absence)}`, () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await Checkout.ofStarter("e2e-docker", "docker");
  });

  afterAll(() => checkout?.remove());

  it("comes up with every service ready, and says what it waited for", async () => {
    const { stdout } = await checkout.devOk("up", "--detach");
    expect(stdout).toMatch(/^drydock \S+ {2}e2e-docker-\d+ {2}Docker Engine /);
    expect(stdout).toMatch(/\n {2}migrate +done +\d+(\.\d)? s +exit 0\n/);
    expect(stdout).toMatch(/\n {2}api x2 +ready +\d+(\.\d)? s/);
    expect(stdout).toMatch(/\nReady in \d+(\.\d)? s\. It waited for .*mongo \d/);
    expect(stdout).toContain(`http://localhost:${checkout.variables.PROXY_PORT}`);
  });

  it("keeps the starter's contract through the proxy", async () => {
    await seedingKept(checkout);
    await checkStarterContract(checkout.url);
    const order = await orderIn(checkout);
    expect(order.states.at(-1)).toBe("done");
  });

  it("agrees with docker compose ps", async () => {
    const status = await checkout.status();
    const text = execFileSync("docker", ["compose", "ps", "-a", "--format", "json"], {
      cwd: checkout.directory,
      env: checkout.variables,
      encoding: "utf8",
    });
    const rows = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { Service: string; State: string; ID: string });
    const ours = status.services.flatMap(({ name, instances }) =>
      instances.map((each) => ({ name, id: each.id.slice(0, 12), isRunning: each.state === "ready" })),
    );
    const theirs = rows.map((row) => ({
      name: row.Service,
      id: row.ID.slice(0, 12),
      isRunning: row.State === "running",
    }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(ours.sort(byId)).toEqual(theirs.sort(byId));
  });

  it("has nothing to do the second time, and re-creates nothing under docker compose up", async () => {
    const before = (await checkout.status()).services
      .flatMap((service) => service.instances.map((each) => each.id))
      .sort();
    expect((await checkout.devOk("up", "--detach")).stdout).toContain("Everything is ready already");
    execFileSync("docker", ["compose", "up", "-d", "--wait"], {
      cwd: checkout.directory,
      env: checkout.variables,
      stdio: "ignore",
    });
    const after = (await checkout.status()).services
      .flatMap((service) => service.instances.map((each) => each.id))
      .sort();
    expect(after).toEqual(before);
  });

  it("runs commands inside a service, shows its log, and answers where it is", async () => {
    const version = await checkout.devOk("exec", "-T", "api", "node", "-p", "process.version");
    expect(version.stdout).toMatch(/^v\d+\./);
    expect((await checkout.dev("exec", "-T", "api", "sh", "-c", "exit 7")).exitCode).toBe(7);
    expect((await checkout.devOk("logs", "api", "--tail", "5")).stdout).toMatch(
      /^api\.[12] +\d\d:\d\d:\d\d\.\d{3} {2}\{/m,
    );
    expect((await checkout.devOk("open", "proxy", "--print")).stdout).toMatch(
      /^https:\/\/e2e-docker-\d+\.localhost(?::\d+)?\n$/,
    );
    await checkout.devOk("wait", "api", "--for", "ready", "--timeout", "10");
  });

  it("adopts what runs after its supervisor was killed", async () => {
    const { supervisorPid = 0 } = await checkout.status();
    process.kill(supervisorPid, "SIGKILL");
    await eventually(async () => (await checkout.status()).supervisorPid === undefined);
    expect((await checkout.status()).services.find((each) => each.name === "api")?.state).toBe("ready");
    expect((await checkout.devOk("up", "--detach")).stdout).toContain("Everything is ready already");
    await orderIn(checkout);
  });

  it("goes down and leaves nothing but the data, then not even that", async () => {
    const { project } = await checkout.status();
    expect((await checkout.devOk("down")).stdout).toMatch(
      /^Down in .* nothing of the project is left but the data\.\n$/,
    );
    expect(dockerThings(project, false)).toEqual([]);
    expect(dockerThings(project).length).toBeGreaterThan(0);
    const refused = await checkout.dev("down", "--volumes");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("dev down --volumes --yes");
    await checkout.devOk("down", "--volumes", "--yes");
    expect(dockerThings(project)).toEqual([]);
  });
});

import net from "node:net";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { dockerForTests, freePort, remainsOf, type ServiceFixture, StackFixture } from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";

function web(port: number, pin = false): Record<string, ServiceFixture> {
  const ports = [{ target: 80, published: String(port), protocol: "tcp" as const }];
  return { web: { compose: { image: "nginx:1.30", ports: [`${port}:80`] }, core: { ports, dev: { pin } } } };
}

describe.skipIf(!docker)(`published ports on the docker engine${reason}`, () => {
  const stacks: StackFixture[] = [];
  const servers: net.Server[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    for (const stack of stacks.splice(0)) {
      await stack.end();
      expect(await remainsOf(stack.environment.project)).toEqual([]);
    }
  });

  function makeStack(services: Record<string, ServiceFixture>, from?: StackFixture) {
    if (!docker) throw new Error("there is no engine");
    const stack = new StackFixture(docker, services, from);
    stacks.push(stack);
    return stack;
  }

  async function take(port: number): Promise<void> {
    const server = net.createServer((socket) => socket.destroy());
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, "0.0.0.0", resolve));
  }

  const portOf = async (stack: StackFixture) =>
    (await stack.instance("web"))?.addresses.find(({ isPublished }) => isPublished)?.port;

  it("are kept where they are free", async () => {
    const port = await freePort();
    const stack = makeStack(web(port));
    await stack.prepare();
    await stack.start("web");
    expect(await portOf(stack)).toBe(port);
    await stack.prepare({ forceRecreate: true });
    await stack.start("web");
    expect(await portOf(stack)).toBe(port);
    expect(stack.events.filter(({ kind }) => kind === "notice")).toEqual([]);
  });

  it("move where a process holds them, name it, answer at the new address, and stay there", async () => {
    const port = await freePort();
    await take(port);
    const stack = makeStack(web(port));
    await stack.prepare();
    const notice = stack.events.find((event) => event.kind === "notice");
    const holder = process.platform === "linux" ? `(process ${process.pid})` : "process";
    expect(notice?.message).toContain(`Port ${port}, wanted by "web", is held by`);
    expect(notice?.message).toContain(holder);
    await stack.start("web");
    await stack.ready("web");
    const moved = await portOf(stack);
    expect(moved).not.toBe(port);
    expect((await fetch(`http://127.0.0.1:${moved}`)).status).toBe(200);

    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    await stack.prepare({ forceRecreate: true });
    await stack.start("web");
    expect(await portOf(stack)).toBe(moved);
  });

  it("move where another project's container holds them, and name it", async () => {
    const port = await freePort();
    const first = makeStack(web(port));
    await first.prepare();
    await first.start("web");
    const second = makeStack(web(port));
    await second.prepare();
    const notice = second.events.find((event) => event.kind === "notice");
    expect(notice?.message).toContain(`the container ${first.environment.project}-web-1`);
    await second.start("web");
    expect(await portOf(second)).not.toBe(port);
  });

  it("do not move where the service is pinned: the error names who holds them", async () => {
    const port = await freePort();
    await take(port);
    const stack = makeStack(web(port, true));
    await expect(stack.prepare()).rejects.toMatchObject({
      code: "PORT_TAKEN",
      message: expect.stringContaining(`Port ${port}, wanted by "web", is held by`),
    });
  });

  it("move once more when somebody takes them between preparing and starting", async () => {
    const port = await freePort();
    const stack = makeStack(web(port));
    await stack.prepare();
    await take(port);
    await stack.start("web");
    await stack.ready("web");
    const moved = await portOf(stack);
    expect(moved).not.toBe(port);
    expect((await fetch(`http://127.0.0.1:${moved}`)).status).toBe(200);
  });

  it("stay with a container that `docker compose` started at that port", async () => {
    const port = await freePort();
    const stack = makeStack(web(port));
    const { project, directory } = stack.environment;
    await execa("docker", ["compose", "-p", project, "up", "-d"], { cwd: directory });
    const before = await stack.instance("web");
    await stack.prepare();
    expect((await stack.instance("web"))?.id).toBe(before?.id);
  });
});

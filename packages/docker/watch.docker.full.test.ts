import { rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { type FoundDocker, publishedHostOf } from "./docker-host.ts";
import {
  dockerForTests,
  forever,
  node,
  remainsOf,
  type ServiceFixture,
  StackFixture,
} from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";
/** Writes a numbered line whenever it is asked to: `docker kill -s USR2`. */
const counting = `let n = 0; const say = (k) => { for (; k > 0; k--) console.log("line " + ++n); }; say(5); process.on("SIGUSR2", () => say(200)); ${forever}`;

describe.skipIf(!docker)(`watching the docker engine${reason}`, () => {
  const stacks: StackFixture[] = [];

  afterEach(async () => {
    for (const stack of stacks.splice(0).reverse()) {
      await stack.end();
      expect(await remainsOf(stack.environment.project)).toEqual([]);
    }
  });

  function makeStack(services: Record<string, ServiceFixture>, from?: StackFixture, host = docker) {
    if (!host) throw new Error("there is no engine");
    const stack = new StackFixture(host, services, from);
    stacks.push(stack);
    return stack;
  }

  const states = (stack: StackFixture) =>
    stack.events.flatMap((event) =>
      event.kind === "instance" ? [event.instance.state] : event.kind === "gone" ? ["gone"] : [],
    );
  const idOf = async (stack: StackFixture) => (await stack.instance("job"))?.id ?? "";

  it("tells every line: both streams, characters of several bytes, empty lines, a line of 1 MB, and one without an end", async () => {
    const script = `
      console.log("größer 漢字 🙂"); console.error("to stderr"); console.log("");
      console.log("x".repeat(1e6)); process.stdout.write("no line end");`;
    const stack = makeStack({ job: { compose: node(script) } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job", "done");
    await eventually(() => stack.logged("job").length === 5);
    const logs = stack.events.flatMap((event) => (event.kind === "log" ? [event] : []));
    const texts = (stream: string) => logs.filter((each) => each.stream === stream).map(({ text }) => text);
    expect(texts("stderr")).toEqual(["to stderr"]);
    expect(texts("stdout")).toEqual(["größer 漢字 🙂", "", "x".repeat(1_000_000), "no line end"]);
    expect(logs.every(({ at }) => Math.abs(at - Date.now()) < 60_000)).toBe(true);
  });

  it("tells the lines of a container with a terminal as well", async () => {
    const script = 'console.log("hello"); console.log("y".repeat(40_000)); console.log("bye")';
    const stack = makeStack({ job: { compose: { ...node(script), tty: true } } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await eventually(() => stack.logged("job").includes("bye"));
    expect(stack.logged("job")).toEqual(["hello", "y".repeat(40_000), "bye"]);
  });

  it("neither loses nor repeats a line over restarts of the container and of the supervisor", async () => {
    const first = makeStack({ job: { compose: node(counting) } });
    await first.watch();
    await first.prepare();
    await first.start("job");
    const id = await idOf(first);
    await eventually(() => first.logged("job").length === 5);
    await first.engine.close();
    const before = first.logged("job").length;

    await execa("docker", ["kill", "-s", "USR2", id]);
    const second = makeStack({}, first);
    await second.watch();
    await eventually(() => second.logged("job").length === 200);
    await second.stop("job");
    await second.start("job");
    await eventually(() => second.logged("job").length === 205);
    expect(first.logged("job")).toHaveLength(before);
    const expected = [...Array.from({ length: 200 }, (_, n) => n + 6), 1, 2, 3, 4, 5].map((n) => `line ${n}`);
    expect(second.logged("job")).toEqual(expected);
  });

  it("tells the last words of a container that is removed the moment it has ended", async () => {
    const script = `process.on("SIGTERM", () => { for (let n = 0; n < 500; n++) console.log("bye " + n); process.exit(0); }); setInterval(() => {}, 1e3); console.log("up")`;
    const stack = makeStack({ job: { compose: node(script) } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await eventually(() => stack.logged("job").includes("up"));
    await stack.stop("job");
    await stack.remove("job");
    expect(stack.logged("job")).toHaveLength(501);
    expect(stack.logged("job").at(-1)).toBe("bye 499");
  });

  it("says that a log cannot be read, once, where its driver keeps none", async () => {
    const stack = makeStack({ job: { compose: { ...node(forever), logging: { driver: "none" } } } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    const notices = await eventually(() => {
      const found = stack.events.flatMap((event) => (event.kind === "notice" ? [event.message] : []));
      return found.length > 0 && found;
    });
    expect(notices).toEqual([expect.stringContaining(`The log of ${stack.environment.project}-job-1 cannot be read`)]);
    await stack.stop("job");
  });

  it("tells what others do: a kill, a start, a pause, a removal", async () => {
    const stack = makeStack({ job: { compose: node(forever) } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    const id = await idOf(stack);
    await execa("docker", ["kill", id]);
    await eventually(() => states(stack).at(-1) === "failed");
    await execa("docker", ["start", id]);
    await eventually(() => states(stack).at(-1) === "starting");
    await execa("docker", ["pause", id]);
    await eventually(() => states(stack).at(-1) === "unhealthy");
    await execa("docker", ["unpause", id]);
    await execa("docker", ["rm", "-f", "-v", id]);
    await eventually(() => states(stack).at(-1) === "gone");
    expect(states(stack)).toEqual(
      expect.arrayContaining(["stopped", "starting", "ready", "failed", "unhealthy", "gone"]),
    );
  });

  it("does not call failed what it was told to stop, though it had to be killed", async () => {
    const stack = makeStack({
      job: {
        compose: node(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1e3)`),
        core: { stopGracePeriodMs: 1_000 },
      },
    });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    await stack.stop("job");
    expect(states(stack)).not.toContain("failed");
    expect(await stack.instance("job")).toMatchObject({ state: "stopped", exitCode: 137 });
  });

  it("tells when a service becomes unhealthy, and when it is well again", async () => {
    const test = ["CMD-SHELL", "test ! -f /tmp/sick"];
    const healthcheck = { test, interval: "200ms", retries: 1 };
    const stack = makeStack({ job: { compose: { ...node(forever), healthcheck } } });
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    const id = await idOf(stack);
    await execa("docker", ["exec", id, "touch", "/tmp/sick"]);
    await eventually(() => states(stack).at(-1) === "unhealthy");
    await execa("docker", ["exec", id, "rm", "/tmp/sick"]);
    await eventually(() => states(stack).at(-1) === "ready");
  });

  it("says so when the engine goes away, tells nothing as known meanwhile, and catches up when it is back", async () => {
    if (!docker || publishedHostOf(docker.host) !== "127.0.0.1") return;
    const line = await cuttableLine(docker.host.url.replace("unix://", ""));
    const host: FoundDocker = { ...docker, host: { url: `unix://${line.path}` } };
    const stack = makeStack({ job: { compose: node(counting) } }, undefined, host);
    await stack.watch();
    await stack.prepare();
    await stack.start("job");
    await stack.ready("job");
    const id = await idOf(stack);
    line.cut();
    const notices = () => stack.events.flatMap((event) => (event.kind === "notice" ? [event.message] : []));
    await eventually(() => notices().some((message) => message.startsWith("Docker does not answer")));
    const last = stack.events.findLast((event) => event.kind === "instance");
    expect(last?.instance.reason).toBe("unknown: Docker does not answer");
    await execa("docker", ["kill", "-s", "USR2", id]);
    line.mend();
    await eventually(() => notices().includes("Docker answers again"));
    await eventually(() => states(stack).at(-1) === "ready");
    await eventually(() => stack.logged("job").length === 205);
    expect(new Set(stack.logged("job")).size).toBe(205);
    await stack.engine.close();
    await line.end();
  });
});

/** The engine's socket behind another one, which can be cut. */
async function cuttableLine(target: string) {
  const path = join(tmpdir(), `drydock-line-${process.pid}-${Date.now()}.sock`);
  const sockets = new Set<net.Socket>();
  let isCut = false;
  const server = net.createServer((near) => {
    if (isCut) return near.destroy();
    const far = net.connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    path,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    end: async () => {
      drop();
      await new Promise((resolve) => server.close(resolve));
      rmSync(path, { force: true });
    },
  };
}

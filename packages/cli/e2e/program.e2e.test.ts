import { readFile } from "node:fs/promises";
import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { readState, run } from "./fixtures/checkout.ts";
import { processesLeft, processesOf } from "./fixtures/machine.ts";
import { Checkouts, compose, server } from "./fixtures/web-service.ts";

describe("dev, as a user runs it, with nothing but Node", () => {
  const checkouts = new Checkouts();

  afterEach(() => checkouts.removeAll());

  it("prints its version, its help, and help for a command", async () => {
    const checkout = await checkouts.of({});
    const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect((await checkout.devOk("--version")).stdout).toBe(`${version}\n`);
    expect((await checkout.devOk("--help")).stdout).toContain("Bring the stack up");
    expect((await checkout.devOk("help", "up")).stdout).toBe((await checkout.devOk("up", "--help")).stdout);
    expect((await checkout.devOk("help", "snapshot", "save")).stdout).toContain("Usage: dev snapshot save");
    expect((await checkout.dev("help", "upp")).stderr).toBe('There is no command "upp".\nDid you mean `dev up`?\n');
    expect((await checkout.devOk()).stdout).toContain("Usage: dev");
  });

  it("brings a service up, restarts, stops and starts it, shows its log and takes it down", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const { stdout } = await checkout.devOk("up", "--detach");
    const url = `http://localhost:${checkout.variables.WEB_PORT}`;
    expect(stdout).toContain(url);
    expect(await (await fetch(url)).text()).toBe("hello");
    expect((await checkout.devOk("logs")).stdout).toMatch(
      /^web +\d\d:\d\d:\d\d\.\d{3} {2}starting\nweb +.* listening\n$/,
    );
    expect(JSON.parse((await checkout.devOk("logs", "--json", "--grep", "^listen")).stdout)).toMatchObject({
      service: "web",
      text: "listening",
    });

    const before = (await checkout.status()).services[0]?.instances[0]?.id;
    await checkout.devOk("restart", "web");
    expect((await checkout.status()).services[0]?.instances[0]?.id).not.toBe(before);
    await checkout.devOk("stop", "web");
    expect((await checkout.status()).services[0]?.state).toBe("stopped");
    await checkout.devOk("start", "web");
    await checkout.devOk("wait", "web", "--timeout", "10");
    expect((await checkout.devOk("exec", "-T", "web", "sh", "-c", "echo $PORT")).stdout.trim()).toBe(
      checkout.variables.WEB_PORT,
    );
    expect((await checkout.dev("restart", "wbe")).stderr).toContain('Did you mean "web"?');
    expect((await checkout.dev("restart", "nobody")).exitCode).toBe(3);
    expect((await checkout.devOk("down")).stdout).toMatch(/^Down in /);
    expect(await processesLeft(checkout.directory)).toEqual([]);
    expect((await checkout.devOk("down")).stdout).toBe("Nothing of this project was running.\n");
  });

  it("makes one supervisor of two ups at once", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const [first, second] = await Promise.all([checkout.dev("up", "--detach"), checkout.dev("up", "--detach")]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(processesOf(checkout.directory).filter((line) => line.includes("supervis"))).toHaveLength(1);
    expect(processesOf(checkout.directory).filter((line) => /^\d+ node server\.js/.test(line))).toHaveLength(1);
  });

  it("keeps nobody else from its socket's folder, and takes over after a kill", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    await checkout.devOk("up", "--detach");
    const record = JSON.parse(await readState(checkout, "session.json")) as { supervisorPid: number };
    process.kill(record.supervisorPid, "SIGKILL");
    await eventually(() => processesOf(checkout.directory).length === 0, 20_000);
    expect((await checkout.status()).services[0]?.state).toBe("stopped");
    const killed = "The supervisor ended without `dev down`: it was killed, or this machine was restarted.";
    const status = async () => (await checkout.devOk("status")).stdout;
    expect(await status()).toContain(killed);
    await checkout.devOk("up", "--detach");
    expect((await checkout.status()).services[0]?.state).toBe("ready");
    await checkout.devOk("down");
    expect(await status()).not.toContain(killed);
  });

  it("follows the logs without a terminal, from the first line on, and takes the stack down when it is interrupted", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const running = checkout.start("up");
    await eventually(() => running.output.includes("listening"));
    expect(running.output).toMatch(/Ready in [\s\S]*\nweb +\d\d:\d\d:\d\d\.\d{3} {2}starting\nweb /);
    running.interrupt();
    expect(await running.exitCode).toBe(130);
    expect(running.output).toContain("Stopped in");
    await eventually(() => processesOf(checkout.directory).length === 0);
  });

  it("prints the resolved files, a completion script that a shell takes, and what the doctor finds, each with its fix", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose });
    const model = JSON.parse((await checkout.devOk("config", "--format", "json")).stdout);
    expect(model.services.web.ports[0]).toMatchObject({ target: 4000, published: checkout.variables.WEB_PORT });
    expect((await checkout.devOk("config", "--quiet")).stdout).toBe("");
    const script = (await checkout.devOk("completion", "bash")).stdout;
    const complete = `${script}COMP_WORDS=(dev sta); COMP_CWORD=1; _dev_complete; echo "\${COMPREPLY[*]}"`;
    expect((await run("bash", ["-c", complete], checkout.directory, checkout.variables)).stdout.trim()).toBe(
      "status start",
    );
    const { findings } = JSON.parse((await checkout.dev("doctor", "--json")).stdout) as {
      readonly findings: readonly { readonly check: string; readonly level: string; readonly fix?: string }[];
    };
    expect(findings.map((finding) => finding.check)).toEqual(
      expect.arrayContaining(["node", "engine", "providers", "stack", "ports", "disk"]),
    );
    expect(findings.filter((finding) => finding.level !== "ok" && !finding.fix)).toEqual([]);
  });

  it("stops waiting when it is interrupted, with exit code 130, and says what goes on running", async () => {
    const checkout = await checkouts.of({
      "compose.yaml": `${compose}  slow:
    image: node:24-slim
    x-dev: { run: exec node server.js }
    environment: { PORT: "4000" }
    healthcheck: { test: ["CMD", "false"], interval: 1s, retries: 1000 }
`,
      "server.js": server,
    });
    const running = checkout.start("up", "--detach");
    await eventually(() => running.output.includes("web "));
    running.interrupt();
    expect(await running.exitCode).toBe(130);
    expect(running.output).toContain("Interrupted. What was started keeps running");
    expect((await checkout.status()).services.find((each) => each.name === "web")?.state).toBe("ready");
  });

  it("prints the plan of a dry run and changes nothing", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const { stdout } = await checkout.devOk("up", "--dry-run");
    expect(stdout).toContain("prepare web  (not found)\nstart web.1  (not found)  after prepare\n");
    await eventually(() => processesOf(checkout.directory).length === 0);
  });
});

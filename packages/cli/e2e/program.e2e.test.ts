import { readFile } from "node:fs/promises";
import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { Checkout, freePort, readState, run } from "./checkout.ts";
import { processesLeft, processesOf } from "./machine.ts";

const server = `const http = require("node:http");
console.log("starting");
http.createServer((_, response) => response.end("hello")).listen(process.env.PORT, () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;
const compose = `services:
  web:
    image: node:24-slim
    x-dev: { run: node server.js }
    ports: ["\${WEB_PORT}:4000"]
    environment: { PORT: "4000" }
`;

describe("dev, as a user runs it, with nothing but Node", () => {
  const checkouts: Checkout[] = [];

  afterEach(async () => {
    for (const checkout of checkouts.splice(0)) await checkout.remove();
  });

  async function checkoutOf(files: Readonly<Record<string, string>>): Promise<Checkout> {
    const checkout = await Checkout.of(files, {
      WEB_PORT: String(await freePort()),
      DOCKER_HOST: "unix:///nonexistent/docker.sock",
    });
    checkouts.push(checkout);
    return checkout;
  }

  it("prints its version, its help, and help for a command", async () => {
    const checkout = await checkoutOf({});
    const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect((await checkout.devOk("--version")).stdout).toBe(`${version}\n`);
    expect((await checkout.devOk("--help")).stdout).toContain("Bring the stack up");
    expect((await checkout.devOk("help", "up")).stdout).toBe((await checkout.devOk("up", "--help")).stdout);
    expect((await checkout.devOk()).stdout).toContain("Usage: dev");
  });

  it("answers wrong usage with exit code 2 and the nearest command", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose });
    const typo = await checkout.dev("statsu");
    expect([typo.exitCode, typo.stderr]).toEqual([2, expect.stringContaining("status")]);
    expect((await checkout.dev("up", "--nope")).exitCode).toBe(2);
    expect((await checkout.dev("logs", "--since", "yesterday-ish")).exitCode).toBe(2);
  });

  it("says where there is no Compose file, with exit code 2", async () => {
    const result = await (await checkoutOf({})).dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^There is no Compose file in .*\nRun `dev init`/);
  });

  it("shows every mistake at once, with its place, and starts nothing", async () => {
    const checkout = await checkoutOf({
      "docker-compose.yml": `services:
  api:
    image: node:24-slim
    depnds_on: [mongo]
    environment:
      API_TOKEN: \${API_TOKEN}
`,
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toBe(`docker-compose.yml: 2 problems

  docker-compose.yml:4:5  services.api.depnds_on is not a key of a service
      4 |     depnds_on: [mongo]
        |     ^^^^^^^^^ did you mean "depends_on"?

  docker-compose.yml:6:18  services.api.environment.API_TOKEN: the variable API_TOKEN is not set
      6 |       API_TOKEN: \${API_TOKEN}
        |                  ^^^^^^^^^^^^ put it into .env, or write \${API_TOKEN:-a default}

Nothing was started.
`);
    await eventually(() => processesOf(checkout.directory).length === 0);
  });

  it("brings a service up, restarts, stops and starts it, shows its log and takes it down", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
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
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
    const [first, second] = await Promise.all([checkout.dev("up", "--detach"), checkout.dev("up", "--detach")]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(processesOf(checkout.directory).filter((line) => line.includes("supervis"))).toHaveLength(1);
    expect(processesOf(checkout.directory).filter((line) => /^\d+ node server\.js/.test(line))).toHaveLength(1);
  });

  it("tells why a service did not come up, with the end of its log, and leaves the others running", async () => {
    const checkout = await checkoutOf({
      "compose.yaml": `${compose}  broken:\n    image: node:24-slim\n    x-dev: { run: node broken.js }\n`,
      "server.js": server,
      "broken.js": 'require("express");\n',
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("broken did not become ready: it exited with code 1");
    expect(result.stderr).toContain("Cannot find module 'express'");
    expect(result.stderr).toContain("npm install express");
    expect(result.stderr).not.toContain("supervisor");
    expect((await checkout.status()).services.find((each) => each.name === "web")?.state).toBe("ready");
  });

  it("takes another port when the wanted one is held, says by whom, and keeps it", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
    const { createServer } = await import("node:http");
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(Number(checkout.variables.WEB_PORT), () => resolve()));
    try {
      const { stdout } = await checkout.devOk("up", "--detach");
      expect(stdout).toContain(`${checkout.variables.WEB_PORT}`);
      const { url } = await checkout.status();
      expect(url).not.toContain(`:${checkout.variables.WEB_PORT}`);
      expect(await (await fetch(String(url))).text()).toBe("hello");
      await checkout.devOk("down");
      await checkout.devOk("up", "--detach");
      expect((await checkout.status()).url).toBe(url);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  it("keeps nobody else from its socket's folder, and takes over after a kill", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
    await checkout.devOk("up", "--detach");
    const record = JSON.parse(await readState(checkout, "session.json")) as { supervisorPid: number };
    process.kill(record.supervisorPid, "SIGKILL");
    await eventually(() => processesOf(checkout.directory).length === 0, 20_000);
    expect((await checkout.status()).services[0]?.state).toBe("stopped");
    await checkout.devOk("up", "--detach");
    expect((await checkout.status()).services[0]?.state).toBe("ready");
  });

  it("follows the logs without a terminal, from the first line on, and takes the stack down when it is interrupted", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
    const running = checkout.start("up");
    await eventually(() => running.output.includes("listening"));
    expect(running.output).toMatch(/Ready in [\s\S]*\nweb +\d\d:\d\d:\d\d\.\d{3} {2}starting\nweb /);
    running.interrupt();
    expect(await running.exitCode).toBe(130);
    expect(running.output).toContain("Stopped in");
    await eventually(() => processesOf(checkout.directory).length === 0);
  });

  it("prints the resolved files, a completion script that a shell takes, and what the doctor finds, each with its fix", async () => {
    const checkout = await checkoutOf({ "compose.yaml": compose });
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

  it("says of every service at once why it cannot run here, what to do, and starts nothing", async () => {
    const checkout = await checkoutOf({
      "compose.yaml": `${compose}  mongo:
    image: mongo:8
    x-dev: { provider: /nowhere/mongod }
  cache:
    image: redis:8
    x-dev: { provider: /nowhere/redis-server }
  other:
    image: example/unknown
`,
      "server.js": server,
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain("3 services cannot run on this machine: mongo, cache, other.");
    expect(result.stderr).toContain("/nowhere/mongod");
    expect(result.stderr).toContain("/nowhere/redis-server");
    expect(result.stderr).toContain("example/unknown");
    expect(result.stderr).toContain("x-dev");
    await eventually(() => processesOf(checkout.directory).length === 0);
    expect((await checkout.status()).services.map((service) => service.state)).toEqual(Array(4).fill("stopped"));
  });

  it("stops waiting when it is interrupted, with exit code 130, and says what goes on running", async () => {
    const checkout = await checkoutOf({
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
    const checkout = await checkoutOf({ "compose.yaml": compose, "server.js": server });
    const { stdout } = await checkout.devOk("up", "--dry-run");
    expect(stdout).toContain("prepare web  (not found)\nstart web.1  (not found)  after prepare\n");
    await eventually(() => processesOf(checkout.directory).length === 0);
  });
});

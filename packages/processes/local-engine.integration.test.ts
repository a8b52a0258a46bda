import { DevError } from "@drydock/core";
import { eventually, testService } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { TestProject } from "./test-engine.ts";

const server = `
const server = require("node:http").createServer((request, response) => response.end(JSON.stringify(process.env)));
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listens on " + process.env.PORT));
process.on("SIGTERM", () => { console.log("says goodbye"); server.close(() => process.exit(0)); server.closeAllConnections(); });
`;

let project: TestProject;

afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

describe("a service", () => {
  it("runs with its own environment, is ready when it listens, and says goodbye", async () => {
    project = await TestProject.create({ "server.js": server });
    const api = testService({
      name: "api",
      image: "node:24",
      command: ["node", "server.js"],
      environment: { PORT: "3000", WEB: "http://web:3000/x" },
    });
    const web = testService({ ...api, name: "web", environment: { PORT: "3000" } });
    const environment = project.environment([api, web]);
    await project.up(environment);

    const [apiPort, webPort] = [await project.port(environment, "api"), await project.port(environment, "web")];
    expect(apiPort).not.toBe(webPort);
    const seen = await (await fetch(`http://127.0.0.1:${apiPort}`)).json();
    expect(seen).toMatchObject({
      PORT: String(apiPort),
      WEB: `http://127.0.0.1:${webPort}/x`,
      DRYDOCK_PROJECT: project.directory,
      DRYDOCK_SERVICE: "api",
    });
    expect(seen).not.toHaveProperty("VITEST");

    await project.stop(environment, "api");
    expect(project.lines("api")).toEqual([`listens on ${apiPort}`, "says goodbye"]);
    expect(project.states("api")).toEqual(["waiting", "starting", "ready", "stopped"]);
    expect(await project.instances(environment, "api")).toMatchObject([{ state: "stopped" }]);
  });

  it("keeps its ports from one session to the next", async () => {
    project = await TestProject.create({ "server.js": server });
    const service = { image: "node", command: ["node", "server.js"], environment: { PORT: "3000" } };
    const environment = project.environment([testService({ ...service, name: "api", replicas: 2 })]);
    await project.up(environment);
    const before = (await project.instances(environment, "api")).map(({ addresses }) => addresses);
    await project.engine.close();
    const { testEngine } = await import("./test-engine.ts");
    const next = testEngine(project.directory);
    const context = { environment, emit: () => undefined, signal: project.life.signal };
    const prepare = { kind: "prepare", id: "p", because: "", after: [], build: false, forceRecreate: false } as const;
    await next.apply({ ...prepare, services: ["api"] }, context);
    const after = (await next.observe(environment, project.life.signal)).instances.map(({ addresses }) => addresses);
    expect(after).toEqual(before);
    await next.close();
  });

  it("is found where it really listens when it does not read PORT", async () => {
    const port = await freePort();
    project = await TestProject.create({
      "server.js": `require("node:http").createServer((q, r) => r.end("here")).listen(${port})`,
    });
    const environment = project.environment([
      testService({
        name: "api",
        image: "node",
        command: ["node", "server.js"],
        ports: [{ target: port, published: String(await freePort()), protocol: "tcp" }],
      }),
    ]);
    await project.up(environment);
    expect(await project.port(environment, "api")).toBe(port);
    expect(project.notices().join("\n")).toContain(`api listens on ${port}, not on the `);
  });

  it("loses no line of a megabyte, and none of many", async () => {
    const script = `process.stdout.write("x".repeat(1048576) + "\\n"); for (let i = 0; i < 20000; i++) console.log("line " + i); setInterval(() => {}, 1000)`;
    project = await TestProject.create({ "talk.js": script });
    const environment = project.environment([
      testService({ name: "talk", image: "node", command: ["node", "talk.js"] }),
    ]);
    await project.up(environment);
    await eventually(() => project.lines("talk").length === 20_001);
    expect(project.lines("talk")[0]).toHaveLength(1_048_576);
    expect(project.lines("talk").slice(1)).toEqual(Array.from({ length: 20_000 }, (_, index) => `line ${index}`));
  });

  it("takes what left its process group with it when it stops", async () => {
    const script = `const { spawn } = require("node:child_process");
spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
spawn("sleep", ["1001"]);
console.log("started"); setInterval(() => {}, 1000);`;
    project = await TestProject.create({ "fork.js": script });
    const environment = project.environment([
      testService({ name: "fork", image: "node", command: ["node", "fork.js"] }),
    ]);
    await project.up(environment);
    const { processesIn } = await import("./test-engine.ts");
    expect(await processesIn(project.directory)).toHaveLength(3);
    await project.stop(environment, "fork");
    expect(await processesIn(project.directory)).toEqual([]);
  });

  it("is killed when it does not end within its grace period", async () => {
    project = await TestProject.create({
      "stay.js": `process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000); console.log("up")`,
    });
    const environment = project.environment([
      testService({ name: "stay", image: "node", command: ["node", "stay.js"], stopGracePeriodMs: 200 }),
    ]);
    await project.up(environment);
    await project.stop(environment, "stay");
    expect(project.lines("stay")).toEqual(["up", "no"]);
    expect(await project.instances(environment, "stay")).toMatchObject([{ state: "stopped" }]);
  });

  it("uses what it says it uses, runs commands beside it, and explains itself", async () => {
    project = await TestProject.create({ "server.js": server });
    const environment = project.environment([
      testService({ name: "api", image: "node", command: ["node", "server.js"], environment: { PORT: "3000" } }),
    ]);
    await project.up(environment);
    const { signal } = project.life;
    expect(await project.engine.usage(environment, signal)).toMatchObject([{ service: "api", number: 1 }]);
    const request = { service: "api", number: 1, command: ["env"], environment: { EXTRA: "1" } };
    const exec = await project.engine.exec(request, environment, signal);
    expect(exec).toMatchObject({ command: ["env"], directory: project.directory, environment: { EXTRA: "1" } });
    expect(exec.environment).not.toHaveProperty("DRYDOCK_SESSION");
    const explanation = await project.engine.explain("api", 1, environment, signal);
    expect(explanation.facts[0]).toBe("api is ready: it accepts connections.");
    expect(explanation.healthCheck).toMatchObject({ isHealthy: true });
    await project.stop(environment, "api");
    await expect(project.engine.exec(request, environment, signal)).rejects.toMatchObject({ code: "NOT_RUNNING" });
  });

  it("has its own health check asked on this machine, with its own address in it", async () => {
    project = await TestProject.create({ "server.js": server });
    const check = (test: readonly ["CMD" | "CMD-SHELL", ...string[]]) => ({
      test,
      intervalMs: 1_000,
      timeoutMs: 2_000,
      startPeriodMs: 5_000,
      retries: 3,
    });
    const common = { image: "node", command: ["node", "server.js"], environment: { PORT: "3000" } };
    const script = `fetch("http://localhost:3000").then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
    const environment = project.environment([
      testService({
        ...common,
        name: "curl",
        healthCheck: check(["CMD-SHELL", "curl -f http://localhost:3000/ || exit 1"]),
      }),
      testService({ ...common, name: "script", healthCheck: check(["CMD", "node", "-e", script]) }),
      testService({ ...common, name: "missing", healthCheck: check(["CMD", "no-such-program", "localhost:3000"]) }),
    ]);
    await project.up(environment);
    const port = await project.port(environment, "curl");
    expect(await project.engine.explain("curl", 1, environment, project.life.signal)).toMatchObject({
      healthCheck: { probe: `GET http://127.0.0.1:${port}/`, output: "HTTP 200" },
    });
    expect(project.notices().join("\n")).toContain("its health check needs no-such-program");
  });
});

describe("what fails", () => {
  it("says how it ended, its last lines, and the likely cause", async () => {
    project = await TestProject.create({ "server.js": `require("express")` });
    const environment = project.environment([
      testService({ name: "web", image: "node", command: ["node", "server.js"] }),
    ]);
    const error = await project.up(environment).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DevError);
    expect(error).toMatchObject({ code: "NOT_READY", message: "web did not become ready: it exited with code 1." });
    expect(error instanceof DevError && error.hint).toContain("npm install express");
    expect(error instanceof DevError && error.evidence.join("\n")).toContain("Cannot find module 'express'");
  });

  it("is started again as its policy says, and given up on by `up` after three ends", async () => {
    project = await TestProject.create({ "fail.js": `console.log("try"); process.exit(3)` });
    const environment = project.environment([
      testService({ name: "fail", image: "node", command: ["node", "fail.js"], restart: { kind: "always" } }),
    ]);
    await expect(project.up(environment)).rejects.toThrow(
      /fail did not become ready: it exited with code 3, 3 times in \d+\.\d s\./,
    );
    expect(project.states("fail").slice(0, 5)).toEqual(["waiting", "starting", "restarting", "starting", "restarting"]);
    await eventually(async () => ((await project.instances(environment, "fail"))[0]?.restarts ?? 0) >= 4);
  });

  it("ends for good after so many failures", async () => {
    project = await TestProject.create({ "fail.js": "process.exit(2)" });
    const restart = { kind: "on-failure", maxRetries: 1 } as const;
    const environment = project.environment([
      testService({ name: "fail", image: "node", command: ["node", "fail.js"], restart }),
    ]);
    await expect(project.up(environment)).rejects.toMatchObject({ code: "NOT_READY" });
    expect(await project.instances(environment, "fail")).toMatchObject([{ state: "failed", exitCode: 2, restarts: 1 }]);
  });

  it("is refused with what to write when only a container engine could run it", async () => {
    project = await TestProject.create({});
    const environment = project.environment([testService({ name: "db", image: "postgres:17" })]);
    await expect(project.up(environment)).rejects.toMatchObject({ code: "NOTHING_TO_RUN", exitCode: 2 });
  });

  it("names the program that is not there", async () => {
    project = await TestProject.create({});
    const environment = project.environment([testService({ name: "x", image: "x", command: ["no-such-program"] })]);
    await expect(project.up(environment)).rejects.toMatchObject({ code: "CANNOT_START" });
  });

  it("names who holds a pinned port", async () => {
    project = await TestProject.create({});
    const { createServer } = await import("node:net");
    const holder = createServer();
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, "127.0.0.1", () => {
        const address = holder.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    const environment = project.environment([
      testService({
        name: "api",
        image: "node",
        command: ["node"],
        ports: [{ target: 3000, published: String(port), protocol: "tcp" }],
        dev: { pin: true },
      }),
    ]);
    await expect(project.up(environment)).rejects.toThrow(
      `Port ${port}, wanted by "api", is held by process ${process.pid}`,
    );
    holder.close();
  });
});

async function freePort(): Promise<number> {
  const { findFreePort } = await import("./free-port.ts");
  return findFreePort();
}

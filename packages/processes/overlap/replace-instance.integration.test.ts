import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, type Environment, type Instance, type Service, systemClock } from "@drydock/core";
import { afterEach, describe, expect, it } from "vitest";
import { findFreePort } from "../free-port.ts";
import { portReader as api, processesIn, TestProject, testEngine } from "../test-engine.ts";

const serverOf = (text: string, port = "process.env.PORT") => `
const server = require("node:http").createServer((_, answer) => answer.end("${text}"));
server.listen(${port}, "127.0.0.1", () => console.log("${text} listens"));
process.on("SIGTERM", () => { console.log("${text} ends"); process.exit(0); });
`;

let project: TestProject;

afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

async function started(
  services: readonly Service[],
  text = serverOf("one"),
  clock: Clock = systemClock,
): Promise<Environment> {
  project = await TestProject.create({ "server.js": text }, { clock });
  const environment = project.environment(services);
  await project.up(environment);
  return environment;
}

const save = (text: string) => writeFile(join(project.directory, "server.js"), text);

// Nobody waits a quarter of a minute in a test.
const fastClock: Clock = {
  now: () => Date.now() * 30,
  sleep: (ms, signal) => systemClock.sleep(ms / 30, signal),
};

const portOf = (instance: Instance | undefined) => instance?.addresses[0]?.port ?? 0;

const answerOf = async (port: number) => (await fetch(`http://127.0.0.1:${port}`)).text();

describe("a process that is replaced", () => {
  it("answers until it is retired, beside the one that has its name and another port", async () => {
    const environment = await started([api]);
    const [before] = await project.instances(environment, "api");
    const first = portOf(before);
    await save(serverOf("two"));
    await project.replaceOrRetire("replace", environment, "api");

    const [after] = await project.instances(environment, "api");
    const second = portOf(after);
    expect(after).toMatchObject({ state: "ready", number: 1 });
    expect(after?.id).not.toBe(before?.id);
    expect(await Promise.all([first, second].map(answerOf))).toEqual(["one", "two"]);

    await project.replaceOrRetire("retire", environment, "api");
    // Whoever knows the first address is led to where the service is now.
    expect(await Promise.all([first, second].map(answerOf))).toEqual(["two", "two"]);
    expect(project.lines("api")).toEqual(["one listens", "two listens", "one ends"]);
    expect(await project.instances(environment, "api")).toEqual([after]);
    expect(project.states("api")).toEqual(["waiting", "starting", "ready"]);
  });

  it("changes between two other ports; its first one leads to it while it runs, and is its own in the next session", async () => {
    const environment = await started([api]);
    const ports = [await project.port(environment, "api")];
    for (const text of ["two", "three", "four"]) {
      await save(serverOf(text));
      await project.replaceOrRetire("replace", environment, "api");
      await project.replaceOrRetire("retire", environment, "api");
      expect(await answerOf(ports[0] ?? 0)).toBe(text);
      ports.push(await project.port(environment, "api"));
    }
    expect(new Set(ports).size).toBe(3);
    expect(ports[3]).toBe(ports[1]);

    await project.stop(environment, "api");
    await expect(answerOf(ports[0] ?? 0)).rejects.toThrow("fetch failed");
    await project.start(environment, "api");
    await project.ready(environment, "api");
    expect(await project.port(environment, "api")).toBe(ports[3]);
    expect(await answerOf(ports[0] ?? 0)).toBe("four");

    await project.engine.close();
    const next = testEngine(project.directory);
    await next.apply(
      { kind: "prepare", id: "", because: "", after: [], services: ["api"], build: false, forceRecreate: false },
      { environment, emit: () => undefined, signal: project.life.signal },
    );
    const [instance] = (await next.observe(environment, project.life.signal)).instances;
    expect(portOf(instance)).toBe(ports[0]);
    await next.close();
  });

  it("goes on, and says so, where the next one ends: with the end of that one's log, and nothing left of it", async () => {
    const environment = await started([api]);
    const [before] = await project.instances(environment, "api");
    await save(
      'require("node:child_process").spawn("sleep", ["1000"], { detached: true }).unref(); throw new Error("no such luck");',
    );
    await expect(project.replaceOrRetire("replace", environment, "api")).rejects.toMatchObject({
      code: "NOT_READY",
      message: "api did not become ready: it exited with code 1. The process before it goes on.",
      evidence: expect.arrayContaining([expect.stringContaining("no such luck")]),
    });
    expect(await answerOf(portOf(before))).toBe("one");
    expect(await project.instances(environment, "api")).toMatchObject([
      {
        id: before?.id,
        state: "ready",
        addresses: before?.addresses,
        reason: "what was saved last does not become ready: this is the process before it",
        isOutdated: true,
      },
    ]);
    expect(await processesIn(project.directory)).toHaveLength(1);

    await save(serverOf("three"));
    await project.replaceOrRetire("replace", environment, "api");
    const [after] = await project.instances(environment, "api");
    expect(after).toMatchObject({ state: "ready", reason: "it accepts connections" });
    expect(after).not.toHaveProperty("isOutdated");
    expect(await answerOf(portOf(after))).toBe("three");
  });

  it("goes on where the next one's check fails", async () => {
    const environment = await started(
      [
        {
          ...api,
          healthCheck: {
            test: ["CMD", "test", "-e", "good"],
            intervalMs: 100,
            timeoutMs: 2_000,
            startPeriodMs: 0,
            retries: 1,
          },
        },
      ],
      `require("node:fs").writeFileSync("good", "");${serverOf("one")}`,
      fastClock,
    );
    await rm(join(project.directory, "good"));
    await save(serverOf("two"));
    await expect(project.replaceOrRetire("replace", environment, "api")).rejects.toMatchObject({
      code: "NOT_READY",
      message: expect.stringContaining("api did not become ready: it runs, but its check fails: "),
    });
    expect(await answerOf(await project.port(environment, "api"))).toBe("one");
  });

  it("is not replaced by one that listens where it wants, and is not asked for again", async () => {
    const free = await findFreePort();
    const environment = await started([api], serverOf("one", String(free)));
    expect(await project.engine.canReplace("api", environment)).toBe(true);
    await expect(project.replaceOrRetire("replace", environment, "api")).rejects.toMatchObject({
      code: "CANNOT_OVERLAP",
    });
    expect(await project.engine.canReplace("api", environment)).toBe(false);
    expect(await answerOf(free)).toBe("one");
  });

  it("is not replaced by one that finds something in use: that is no mistake of what was saved", async () => {
    const environment = await started([api]);
    await save('throw new Error("another instance is running (server.lock)")');
    await expect(project.replaceOrRetire("replace", environment, "api")).rejects.toMatchObject({
      code: "CANNOT_OVERLAP",
    });
    expect(await project.instances(environment, "api")).toMatchObject([{ state: "ready" }]);
  });

  it("stops with the one that took its place where the service stops, and where the engine closes", async () => {
    const environment = await started([api]);
    await project.replaceOrRetire("replace", environment, "api");
    expect(await processesIn(project.directory)).toHaveLength(2);
    await project.stop(environment, "api");
    expect(await processesIn(project.directory)).toEqual([]);
    await project.start(environment, "api");
    await project.ready(environment, "api");
    await project.replaceOrRetire("replace", environment, "api");
    await project.engine.close();
    expect(await processesIn(project.directory)).toEqual([]);
  });
});

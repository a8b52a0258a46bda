import { once } from "node:events";
import { stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type DevEvent, systemClock } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSession, openFakeSession, shopCompose, upRequest } from "../fixtures/fake-session.ts";
import { liveSupervisor } from "../live-supervisor.ts";
import { socketPath } from "../socket-path.ts";
import type { Supervisor } from "../supervisor.ts";
import { waitFor } from "../wait-for.ts";
import { identify, supervisorClient } from "./client.ts";
import { supervisorServer } from "./server.ts";

const never = new AbortController().signal;
const quiet = () => undefined;

describe("a supervisor behind its socket, with an engine in memory", () => {
  let fake: FakeSession;
  let server: Server;
  let socket: string;
  let client: Supervisor;
  let shutdowns = 0;
  let idles = 0;

  beforeEach(async () => {
    shutdowns = 0;
    idles = 0;
    fake = await openFakeSession(shopCompose);
    socket = socketPath(fake.folder.directory);
    server = supervisorServer(liveSupervisor(fake.session), "1.0.0", {
      onShutdown: () => {
        shutdowns += 1;
      },
      onIdle: () => {
        idles += 1;
      },
      onBusy: () => undefined,
    });
    server.listen(socket);
    await once(server, "listening");
    client = supervisorClient(socket, "1.0.0");
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await fake.close();
  });

  it("carries results, events and errors to the client as they are", async () => {
    const events: DevEvent[] = [];
    const result = await client.up(upRequest(fake.source), (event) => events.push(event), never);
    expect(result.changed).toBe(true);
    expect(events.map((event) => event.kind)).toContain("session");
    expect(events.at(-1)?.kind).toBe("up");
    await expect(client.restart({ services: ["ap"] }, quiet, never)).rejects.toMatchObject({
      code: "NO_SUCH_SERVICE",
      exitCode: 3,
      hint: 'Did you mean "api"?',
    });
    expect((await client.status(never)).services.map((service) => service.name)).toEqual(["mongo", "migrate", "api"]);
    expect(idles).toBeGreaterThan(0);
  });

  it("says every mistake of the files with its place", async () => {
    await fake.writeCompose("services:\n  api:\n    imag: x\n");
    const error = await client.up(upRequest(fake.source), quiet, never).catch((caught) => caught);
    expect(error.problems[0]).toMatchObject({ line: 3, column: 5, excerpt: "    imag: x" });
  });

  it("shuts down after down, not after a dry run of it", async () => {
    await client.up(upRequest(fake.source), quiet, never);
    const request = { source: fake.source, volumes: false, removeOrphans: true, dryRun: true };
    await client.down(request, quiet, never);
    expect(shutdowns).toBe(0);
    await client.down({ ...request, dryRun: false }, quiet, never);
    await eventually(() => shutdowns === 1);
  });

  it("replays what is and the last lines, then follows, without missing or repeating a line", async () => {
    await client.up(upRequest(fake.source), quiet, never);
    for (let index = 0; index < 50; index++) fake.engine.log("api", `old ${index}`, index);
    const events: DevEvent[] = [];
    const abort = new AbortController();
    const request = { logs: true, services: [], replayLines: 10, usage: true };
    const following = client.follow(request, (event) => events.push(event), abort.signal).catch(() => "ended");
    await eventually(() => events.some((event) => event.kind === "usage"));
    for (let index = 0; index < 5; index++) fake.engine.log("api", `new ${index}`, 100 + index);
    const lines = () => events.flatMap((event) => (event.kind === "log" ? [event.text] : []));
    await eventually(() => lines().length >= 15);
    expect(lines()).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `old ${40 + index}`),
      ...Array.from({ length: 5 }, (_, index) => `new ${index}`),
    ]);
    expect(events[0]?.kind).toBe("session");
    abort.abort();
    expect(await following).toBe("ended");
  });

  it("stops what a client asked for when the client goes away", async () => {
    const abort = new AbortController();
    let stepSignal: AbortSignal | undefined;
    fake.engine.apply = (_step, context) =>
      new Promise((_, reject) => {
        stepSignal = context.signal;
        context.signal.addEventListener("abort", () => reject(context.signal.reason));
      });
    const bringing = client.up(upRequest(fake.source), quiet, abort.signal).catch(() => "cancelled");
    await eventually(() => stepSignal);
    abort.abort();
    expect(await bringing).toBe("cancelled");
    await eventually(() => stepSignal?.aborted);
  });

  it("spares a slow reader log lines, counts them, and keeps them in the store", async () => {
    await client.up(upRequest(fake.source), quiet, never);
    const events: DevEvent[] = [];
    const abort = new AbortController();
    const request = { logs: true, services: [], replayLines: 0, usage: false };
    const following = client.follow(request, (event) => events.push(event), abort.signal).catch(() => "ended");
    await eventually(() => events.some((event) => event.kind === "instance"));
    // All in one turn of the event loop: the reader cannot keep up.
    for (let index = 0; index < 20_000; index++) fake.engine.log("api", `${index} ${"x".repeat(200)}`, index);
    fake.engine.crash("mongo");
    await eventually(() => events.some((event) => event.kind === "instance" && event.instance.state === "failed"));
    const received = events.filter((event) => event.kind === "log").length;
    const skipped = events.reduce((sum, event) => sum + (event.kind === "skipped" ? event.lines : 0), 0);
    expect(skipped).toBeGreaterThan(0);
    expect(received + skipped).toBe(20_000);
    expect(await client.readLogs({ services: ["api"] }, never)).toHaveLength(20_000);
    abort.abort();
    await following;
  });

  it("lets only the owner connect", async () => {
    expect((await stat(fake.folder.directory)).mode & 0o077).toBe(0);
  });

  it("tells a client of another protocol how to go on", async () => {
    const old = createServer((request, response) => {
      if (request.url === "/identity") response.end(JSON.stringify({ pid: 1, version: "0.0.1", protocol: 0 }));
    });
    const path = `${socket}.old`;
    old.listen(path);
    await once(old, "listening");
    expect(await identify(path)).toEqual({ pid: 1, version: "0.0.1", protocol: 0 });
    old.close();
    const response = await fetchSocket(socket, { "x-drydock-protocol": "0", "x-drydock-version": "0.0.1" });
    expect(response.status).toBe(426);
    expect(JSON.parse(response.text)).toMatchObject({
      code: "SUPERVISOR_VERSION",
      hint: expect.stringContaining("dev down"),
    });
  });

  it("waits for a state, fails at once when it cannot come, and times out with exit code 4", async () => {
    await client.up(upRequest(fake.source), quiet, never);
    await waitFor(client, ["api", "migrate"], "ready", 5_000, never);
    await expect(waitFor(client, ["nope"], "ready", 5_000, never)).rejects.toMatchObject({ code: "NO_SUCH_SERVICE" });
    await expect(waitFor(client, ["api"], "done", 50, never)).rejects.toMatchObject({ code: "TIMED_OUT", exitCode: 4 });
    const waiting = waitFor(client, ["mongo"], "done", 5_000, never).catch((error) => error);
    await systemClock.sleep(0);
    fake.engine.crash("mongo");
    expect(await waiting).toMatchObject({ code: "WAIT_FAILED", exitCode: 1 });
  });
});

async function fetchSocket(
  socket: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: socket, method: "POST", path: "/status", headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
    outgoing.on("error", reject);
    outgoing.end("{}");
  });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "@drydock/testing";
import { build } from "rolldown";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { absence, startServer, type TestServer } from "../test-server.ts";
import { lockMongo, openMongo, unlockMongo } from "./mongo-lock.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const missing = absence("mongod");

describe.skipIf(missing !== undefined)(`the lock of a mongod on PATH${missing ?? ""}`, () => {
  let directory: string;
  let server: TestServer;
  let uri: string;
  const { signal } = new AbortController();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "drydock-lock-"));
    server = await startServer("mongod", (port) => ["--dbpath", directory, "--port", String(port)]);
    uri = `mongodb://127.0.0.1:${server.port}/?directConnection=true`;
    await eventually(() => insert(10_000), 30_000);
  });

  afterEach(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("holds writes back until it is released", async () => {
    const lock = await lockMongo(uri, false, signal);
    expect(await insert(500)).toBe(false);
    await lock.release();
    await lock.release();
    expect(await insert(10_000)).toBe(true);
  });

  it("is taken back by whoever finds it left, and it is no mistake where there is none", async () => {
    await lockMongo(uri, false, signal);
    await unlockMongo(uri);
    expect(await insert(10_000)).toBe(true);
    await unlockMongo(uri);
  });

  it("goes when the process that took it is killed", async () => {
    const cache = join(here, "../../../node_modules/.cache");
    const file = join(cache, `drydock-lock-${process.pid}.mjs`);
    await mkdir(cache, { recursive: true });
    await build({
      input: fileURLToPath(new URL("./fixtures/lock-program.ts", import.meta.url)),
      platform: "node",
      external: [/^(?!@drydock|[./])/],
      output: { file, format: "esm", codeSplitting: false },
      logLevel: "silent",
    });
    const owner = spawn(process.execPath, [file, uri], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      await once(owner.stdout, "data");
      expect(await insert(500)).toBe(false);
      owner.kill("SIGKILL");
      await eventually(() => insert(2_000), 30_000);
    } finally {
      owner.kill("SIGKILL");
      await rm(file, { force: true });
    }
  });

  /** Whether a write is done within a time; the driver gives up on it then. */
  async function insert(withinMs: number): Promise<boolean> {
    const client = await openMongo(uri).catch(() => undefined);
    if (!client) return false;
    try {
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, withinMs, false).unref());
      const write = client.db("shop").collection("orders").insertOne({});
      return await Promise.race([write.then(() => true), late]).catch(() => false);
    } finally {
      await client.close(true);
    }
  }
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { absence, freePort, startServer, until } from "../test-server.ts";
import { initiateReplicaSet } from "./initiate-replica-set.ts";
import { memberState } from "./member-state.ts";
import { probeMongo } from "./probe.ts";

const { signal } = new AbortController();
const missing = absence("mongod");
const at = (port: number) => ({ host: "127.0.0.1", port });

describe("probeMongo", () => {
  it("says why nothing answers", async () => {
    const answer = await probeMongo(at(await freePort()), { isPrimary: false }, signal);
    expect(answer).toEqual({ isReady: false, isReachable: false, detail: "connection refused" });
  });
});

describe("memberState", () => {
  it("of nobody is that of no member", async () => {
    expect(await memberState(at(await freePort()), signal)).toBe("other");
  });
});

describe.skipIf(missing)(`a real mongod${missing ?? ""}`, () => {
  it("alone is ready when it answers", async () => {
    await withMongod([], async (port) => {
      const answer = await until(
        () => probeMongo(at(port), { isPrimary: false }, signal),
        ({ isReady }) => isReady,
      );
      expect(answer.detail).toBe("it answers");
      expect(await memberState(at(port), signal)).toBe("primary");
    });
  });

  it("of a replica set is ready as its primary, after it was initiated once", async () => {
    await withMongod(["--replSet", "rs0"], async (port) => {
      const probe = () => probeMongo(at(port), { isPrimary: true }, signal);
      const before = await until(probe, ({ isReachable }) => isReachable);
      expect(before).toEqual({ isReady: false, isReachable: true, detail: "the replica set is not initiated" });
      expect(await memberState(at(port), signal)).toBe("other");
      await initiateReplicaSet(at(port), "rs0", signal);
      expect((await until(probe, ({ isReady }) => isReady)).detail).toBe("primary of rs0");
      await initiateReplicaSet(at(port), "rs0", signal);
      expect((await probe()).isReady).toBe(true);
      expect(await memberState(at(port), signal)).toBe("primary");
    });
  });
});

async function withMongod(words: readonly string[], test: (port: number) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "drydock-mongod-"));
  const server = await startServer("mongod", (port) => [
    "--dbpath",
    directory,
    "--bind_ip",
    "127.0.0.1",
    "--port",
    String(port),
    ...words,
  ]);
  try {
    await test(server.port);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeEngine } from "@drydock/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataCompose, openDataSession, putData, readData, sideFolders } from "../../fixtures/data-session.ts";
import type { Session } from "../../session.ts";
import type { SnapshotAct, SnapshotActs } from "./request.ts";
import { snapshot } from "./snapshot.ts";
import { findSnapshotByKey, restoreSnapshot, saveSnapshot } from "./store.ts";

const { signal } = new AbortController();

describe("snapshots and branches of a stack with real files, its engine in memory", () => {
  let directory: string;
  let session: Session;
  let engine: FakeEngine;
  const act = <A extends SnapshotAct>(name: A, request: SnapshotActs[A]["request"]) => {
    const source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
    return snapshot(session, { source, act: name, request }, signal);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "drydock-data-"));
    await writeFile(join(directory, "compose.yaml"), dataCompose);
    ({ session, engine } = await openDataSession(directory));
    putData(directory, "old");
  });

  afterEach(async () => {
    await session.close();
    await rm(directory, { recursive: true });
  });

  it("restores what was saved, with the servers stopped meanwhile, and leaves nothing beside it", async () => {
    const made = await act("save", { name: "one" });
    expect(made).toMatchObject({ id: "one", engine: "local", bytes: 6, dataBranch: "main" });
    expect(made.parts.map(({ service, kind, bytes }) => [service, kind, bytes])).toEqual([
      ["mongo", "mongo", 3],
      ["redis", "redis", 3],
    ]);
    putData(directory, "new");
    engine.applied.length = 0;
    await act("restore", { name: "one", dryRun: false });
    expect(readData(directory)).toBe("old old");
    expect(engine.applied).toEqual([
      "stop mongo.1",
      "stop redis.1",
      "start mongo.1",
      "start redis.1",
      "wait until mongo is ready",
      "wait until redis is ready",
    ]);
    expect(sideFolders(directory)).toEqual(["snapshots/one"]);
  });

  it("brings the old data back where the new one does not answer", async () => {
    await act("save", { name: "one" });
    putData(directory, "new");
    engine.failing.add("redis");
    await expect(act("restore", { name: "one", dryRun: false })).rejects.toThrow();
    expect(readData(directory)).toBe("new new");
    expect(sideFolders(directory)).toEqual(["snapshots/one"]);
  });

  it("changes nothing in a dry run, and names the nearest of an unknown name", async () => {
    await act("save", { name: "before" });
    putData(directory, "new");
    await act("restore", { dryRun: true });
    await act("remove", { names: ["before"], dryRun: true });
    expect(readData(directory)).toBe("new new");
    await expect(act("restore", { name: "befor", dryRun: false })).rejects.toMatchObject({
      code: "NO_SUCH_SNAPSHOT",
      exitCode: 3,
      hint: 'Did you mean "before"?',
    });
    await expect(act("save", { name: "before" })).rejects.toMatchObject({ code: "SNAPSHOT_EXISTS", exitCode: 2 });
    await expect(act("save", { name: "../x" })).rejects.toMatchObject({ code: "BAD_NAME", exitCode: 2 });
    await act("remove", { names: ["before"], dryRun: false });
    expect(sideFolders(directory)).toEqual([]);
  });

  it("finds the newest snapshot of a key, and restores it", async () => {
    await saveSnapshot(session, { name: "a", dataset: "demo", key: "k1" }, signal);
    putData(directory, "newer");
    await saveSnapshot(session, { name: "b", dataset: "demo", key: "k1" }, signal);
    putData(directory, "last");
    expect(await findSnapshotByKey(session, "k2")).toBeUndefined();
    const found = await findSnapshotByKey(session, "k1");
    expect(found).toMatchObject({ id: "b", dataset: "demo" });
    await restoreSnapshot(session, "b", signal);
    expect(readData(directory)).toBe("newer newer");
  });

  it("begins a branch with the current data, and switches there and back", async () => {
    expect(await act("branch", { name: "feature/x" })).toEqual({ from: "main", to: "feature/x", isNew: true });
    putData(directory, "x");
    expect(await act("branch", { name: "-" })).toEqual({ from: "feature/x", to: "main", isNew: false });
    expect(readData(directory)).toBe("old old");
    await act("branch", { name: "feature/x" });
    expect(readData(directory)).toBe("x x");
    const { current, previous, branches } = await act("branches", {});
    expect([current, previous, branches["feature/x"]?.parent]).toEqual(["feature/x", "main", "main"]);
    expect(sideFolders(directory)).toEqual(["mongo/branch-main", "redis/branch-main"]);
  });
});

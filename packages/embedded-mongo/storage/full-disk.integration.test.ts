import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";
import { doc } from "./testing/random-steps.ts";

const disk = mkdtempSync(join(tmpdir(), "drydock-small-disk-"));
const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const isMounted = process.platform === "linux" && run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk);

afterAll(() => {
  if (isMounted) run("umount", "-l", disk);
  rmSync(disk, { recursive: true, force: true });
});

const open = () => openStore({ directory: join(disk, "data"), isReplicaSet: false, clock: systemClock, log: () => {} });

describe.skipIf(!isMounted)("on a small disk (skipped where tests may not mount one)", () => {
  const namespace = { database: "d", collection: "c" };
  let store: Store;
  const insert = (count: number, from: number) =>
    store.write((writer) => {
      const collection = writer.openOrCreate(namespace);
      for (let id = from; id < from + count; id++) collection.insert(doc({ _id: int32(id), text: "x".repeat(2000) }));
    });

  beforeAll(async () => {
    store = await open();
  });

  test("a write that finds the disk full is refused, and what was acknowledged stays", async () => {
    let acknowledged = 0;
    const fill = async () => {
      for (; acknowledged < 10_000; acknowledged += 50) await insert(50, acknowledged);
    };
    await expect(fill()).rejects.toMatchObject({ codeName: "OutOfDiskSpace" });
    const transaction = store.begin();
    for (let id = 0; id < 500; id++)
      transaction.open(namespace)?.insert(doc({ _id: int32(20_000 + id), text: "x".repeat(2000) }));
    await expect(transaction.commit()).rejects.toMatchObject({ codeName: "OutOfDiskSpace" });
    const snapshot = store.snapshot();
    expect(snapshot.open(namespace)?.count()).toBe(acknowledged);
    expect(snapshot.open(namespace)?.validate()).toEqual([]);
    snapshot.close();
  });

  test("removing makes room, and after opening again all is there", async () => {
    await store.write((writer) => {
      const collection = writer.open(namespace);
      for (let id = 0; id < 100; id++) {
        const found = collection?.findId(int32(id));
        if (found) collection?.remove(found.id, found.document);
      }
    });
    await insert(10, 30_000);
    const count = () => {
      const snapshot = store.snapshot();
      expect(snapshot.open(namespace)?.validate()).toEqual([]);
      const documents = snapshot.open(namespace)?.count();
      snapshot.close();
      return documents;
    };
    const before = count();
    await store.close();
    store = await open();
    expect(count()).toBe(before);
    await store.close();
  });

  test("a folder that cannot be written is refused with the reason", async () => {
    run("mount", "-o", "remount,ro", disk);
    await expect(open()).rejects.toMatchObject({ code: "MONGO_FOLDER_UNUSABLE" });
    run("mount", "-o", "remount,rw", disk);
  });
});

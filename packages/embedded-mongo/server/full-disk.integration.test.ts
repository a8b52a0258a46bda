import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startMongo } from "../start-mongo.ts";
import { serve } from "../test-client.ts";

const disk = mkdtempSync(join(tmpdir(), "drydock-mongo-disk-"));
const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const isMounted = process.platform === "linux" && run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk);

afterAll(() => {
  if (isMounted) run("umount", "-l", disk);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!isMounted)("on a small disk (skipped where tests may not mount one)", () => {
  const dataDirectory = join(disk, "data");

  test("who writes gets an error when it is full, who reads is answered, and what was acknowledged is there again", async () => {
    const server = await serve({ dataDirectory });
    const acknowledged: number[] = [];
    try {
      const items = (await server.connect()).db("shop").collection<{ _id: number; text: string }>("items");
      const fill = async () => {
        for (let id = 0; id < 10_000; id++) {
          await items.insertOne({ _id: id, text: "x".repeat(20_000) }, { writeConcern: { w: 1, j: id % 2 === 0 } });
          acknowledged.push(id);
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 14031, codeName: "OutOfDiskSpace" });
      expect(await items.countDocuments()).toBe(acknowledged.length);
      expect((await items.findOne({ _id: 0 }))?.text).toHaveLength(20_000);
    } finally {
      await server.end();
    }
    // The next start needs some room, for its lock.
    run("mount", "-o", "remount,size=5m", disk);
    const again = await serve({ dataDirectory });
    try {
      const items = (await again.connect()).db("shop").collection<{ _id: number }>("items");
      const there = await items.find({}, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray();
      expect(there.map(({ _id }) => _id)).toEqual(acknowledged);
    } finally {
      await again.end();
    }
  });

  test("a disk that is read-only is refused with the system's reason, and its data are left alone", async () => {
    run("mount", "-o", "remount,ro", disk);
    try {
      const reason = {
        code: "MONGO_FOLDER_UNUSABLE",
        message: expect.stringContaining("EROFS: read-only file system"),
      };
      await expect(startMongo({ dataDirectory })).rejects.toMatchObject(reason);
      await expect(startMongo({ dataDirectory: join(disk, "new") })).rejects.toMatchObject(reason);
    } finally {
      run("mount", "-o", "remount,rw", disk);
    }
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withRedis } from "../snapshot/save-redis.ts";
import { fillServers, hashOf } from "../snapshot/testing/every-type.ts";
import { folderStore } from "./store/folder-store.ts";
import { embeddedMongo, embeddedRedis, type LoneServer } from "./testing/lone-servers.ts";
import { bringBack, takeBackup } from "./testing/take-backup.ts";

const mayMount =
  process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

describe.skipIf(!mayMount)(`a full disk (${mayMount ? "a small file system" : "needs the right to mount"})`, () => {
  let folder: string;
  let servers: readonly LoneServer[];
  let uris: { readonly mongoUri: string; readonly redisUri: string };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "drydock-full-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
    const [mongo, redis] = await Promise.all([embeddedMongo(), embeddedRedis()]);
    servers = [mongo, redis];
    uris = { mongoUri: mongo.uri, redisUri: redis.uri };
    await fillServers(mongo.uri, redis.uri, 50);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    execFileSync("umount", ["-l", folder]);
    await rm(folder, { recursive: true });
  });

  it("makes no backup, says so, leaves nothing of it, and keeps the ones before", async () => {
    const store = folderStore(folder);
    const first = await takeBackup(store, uris);
    const before = await hashOf(uris.mongoUri, uris.redisUri);
    const { randomBytes } = await import("node:crypto");
    await withRedis(uris.redisUri, (redis) => redis.set("large", randomBytes(2_000_000)));
    await expect(takeBackup(store, uris, { id: "20261130T090000Z-second" })).rejects.toMatchObject({
      code: "BACKUP_FAILED",
      message: expect.stringContaining("ENOSPC"),
    });
    expect(await readdir(folder)).toEqual([first.id]);
    await bringBack(store, first, uris, true);
    expect(await hashOf(uris.mongoUri, uris.redisUri)).toBe(before);
  });
});

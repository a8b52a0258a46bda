import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillServers, hashOf, spoil } from "../snapshot/testing/every-type.ts";
import { absence } from "../test-server.ts";
import { type BackupManifest, readManifest } from "./manifest.ts";
import { folderStore } from "./store/folder-store.ts";
import { embeddedMongo, embeddedRedis, type LoneServer, redisServer } from "./testing/lone-servers.ts";
import { bringBack, takeBackup, temporaryStore } from "./testing/take-backup.ts";

const missing = absence("redis-server");

describe.skipIf(missing)(`a backup of the embedded MongoDB and of redis-server${missing ?? ""}`, () => {
  let servers: readonly LoneServer[];
  let folder: string;
  let place: Awaited<ReturnType<typeof temporaryStore>>;
  let from: { readonly mongoUri: string; readonly redisUri: string };
  let into: typeof from;
  let hash: string;
  let manifest: BackupManifest;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "drydock-backup-redis-"));
    place = await temporaryStore();
    const [member, redis, alone, other] = await Promise.all([
      embeddedMongo(true),
      redisServer(folder),
      embeddedMongo(),
      embeddedRedis(),
    ]);
    servers = [member, redis, alone, other];
    from = { mongoUri: member.uri, redisUri: redis.uri };
    into = { mongoUri: alone.uri, redisUri: other.uri };
    await fillServers(from.mongoUri, from.redisUri, 500);
    hash = await hashOf(from.mongoUri, from.redisUri);
    manifest = await takeBackup(place.store, from);
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("brings every BSON type and every Redis type into the embedded servers, empty or not", async () => {
    await bringBack(place.store, manifest, into, false);
    expect(await hashOf(into.mongoUri, into.redisUri)).toBe(hash);
    await spoil(into.mongoUri, into.redisUri);
    await bringBack(place.store, manifest, into, true);
    expect(await hashOf(into.mongoUri, into.redisUri)).toBe(hash);
  });

  it("says that all of it is of one point in time on a replica set", () => {
    expect(manifest.databases.map(({ consistency }) => consistency)).toEqual(["moment", "moment"]);
  });

  it("is the same as an archive", async () => {
    const archive = await takeBackup(place.store, from, { id: "20261130T090000Z-archive", layout: "archive" });
    expect(archive.parts.map(({ name }) => name)).toEqual([
      "mongo/dump.archive.gz",
      "canary/mongo.json",
      "redis/dump.rdb",
    ]);
    expect(archive.databases).toEqual(manifest.databases);
    await bringBack(place.store, archive, into, true);
    expect(await hashOf(into.mongoUri, into.redisUri)).toBe(hash);
  });

  it("brings one collection back and leaves the others as they are", async () => {
    await spoil(into.mongoUri, into.redisUri);
    const spoiled = await hashOf(into.mongoUri, into.redisUri);
    await bringBack(place.store, { ...manifest, databases: manifest.databases.slice(0, 1) }, into, true, {
      only: ["shape0"],
    });
    expect(await hashOf(into.mongoUri, into.redisUri)).not.toBe(spoiled);
    await bringBack(place.store, manifest, into, true);
  });

  it("is sealed for its recipients, and for nobody else", async () => {
    const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
    const [mine, other] = [await generateX25519Identity(), await generateX25519Identity()];
    const files = { mine: join(folder, "mine.txt"), other: join(folder, "other.txt") };
    await writeFile(files.mine, `# of a test\n${mine}\n`);
    await writeFile(files.other, `${other}\n`);
    const recipients = [await identityToRecipient(mine)];
    const sealed = await takeBackup(place.store, from, { id: "20261130T091000Z-sealed", recipients });
    expect(sealed.parts.every(({ name }) => name.endsWith(".age"))).toBe(true);
    const part = await readFile(join(place.folder, sealed.id, "canary/mongo.json.age"), "latin1");
    expect(part.startsWith("age-encryption.org/v1\n")).toBe(true);
    await expect(bringBack(place.store, sealed, into, true)).rejects.toMatchObject({ code: "BACKUP_KEY", exitCode: 2 });
    await expect(bringBack(place.store, sealed, into, true, { identity: files.other })).rejects.toMatchObject({
      code: "BACKUP_KEY",
      evidence: [`it is encrypted for ${recipients[0]}`],
    });
    await bringBack(place.store, sealed, into, true, { identity: files.mine });
    expect(await hashOf(into.mongoUri, into.redisUri)).toBe(hash);
  });

  const damages: readonly (readonly [string, string, (path: string) => Promise<void>, string])[] = [
    ["cut short", "mongo/shop/shape4.bson.gz", (path) => truncate(path, 200), "it has 200 bytes instead of"],
    ["changed", "mongo/shop/shape1.bson.gz", flipInTheMiddle, ""],
    ["changed", "redis/dump.rdb", flipInTheMiddle, ""],
    ["missing", "mongo/shop/shape2.metadata.json.gz", (path) => rm(path), "it is missing"],
    ["cut short", "redis/dump.rdb", (path) => truncate(path, 100), "it has 100 bytes instead of"],
  ];
  it.each(damages)("with a part that is %s (%s) is refused by its name", async (_how, part, damage, why) => {
    const path = join(place.folder, manifest.id, part);
    const whole = await readFile(path);
    try {
      await damage(path);
      await expect(bringBack(place.store, manifest, into, true)).rejects.toMatchObject({
        code: "BACKUP_DAMAGED",
        message: expect.stringMatching(new RegExp(`${part}: ${why}`)),
      });
    } finally {
      await writeFile(path, whole);
    }
  });

  it("that was forged, part and hash alike, differs from what was counted", async () => {
    const wrong = {
      ...manifest,
      databases: manifest.databases.map((each) =>
        each.kind === "mongo"
          ? { ...each, collections: each.collections.map((one) => ({ ...one, documents: one.documents + 1 })) }
          : each,
      ),
    };
    await expect(bringBack(place.store, wrong, into, true)).rejects.toMatchObject({
      code: "BACKUP_DAMAGED",
      message: expect.stringContaining("shop.shape0: it has 100 documents instead of 101"),
    });
  });

  it("that was refused has changed nothing", async () => {
    expect(await hashOf(into.mongoUri, into.redisUri)).toBe(hash);
  });

  it("is not made of nothing", async () => {
    const [mongo, redis] = await Promise.all([embeddedMongo(), embeddedRedis()]);
    try {
      const order = takeBackup(
        place.store,
        { mongoUri: mongo.uri, redisUri: redis.uri },
        { id: "20261130T120000Z-empty" },
      );
      await expect(order).rejects.toMatchObject({ code: "NOTHING_TO_BACK_UP" });
      expect((await place.store.list(new AbortController().signal)).map(({ id }) => id)).not.toContain(
        "20261130T120000Z-empty",
      );
    } finally {
      await Promise.all([mongo.stop(), redis.stop()]);
    }
  });
});

describe("a folder for backups", () => {
  it.skipIf(process.platform !== "linux")("that cannot be made is told, and does not hang", async () => {
    await expect(folderStore("/proc/nope").draft("20261130T081500Z-shop")).rejects.toMatchObject({
      code: "BACKUP_PLACE",
      message: expect.stringContaining("/proc/nope: it cannot be written to"),
    });
  });
});

describe("a manifest", () => {
  it.each([
    ["{", "its manifest.json is damaged"],
    ['{"a":1}', "its manifest.json is no manifest of a backup"],
    ['{"format":2}', "it has format 2, and this drydock reads 1: a newer drydock made it"],
    ['{"format":1,"id":"other","parts":[],"databases":[]}', "its manifest.json is of another backup"],
  ])("%s cannot be used, and says why", (text, problem) => {
    expect(readManifest("mine", text)).toEqual({ id: "mine", manifest: undefined, problem });
  });
});

async function flipInTheMiddle(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

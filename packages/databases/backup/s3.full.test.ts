import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fillServers, hashOf } from "../snapshot/testing/every-type.ts";
import type { BackupStore } from "./store/backup-store.ts";
import { s3Store } from "./store/s3-store.ts";
import { embeddedMongo, embeddedRedis, type LoneServer } from "./testing/lone-servers.ts";
import { type S3Server, startS3 } from "./testing/s3-server.ts";
import { bringBack, takeBackup } from "./testing/take-backup.ts";

const { signal } = new AbortController();
let s3: S3Server;
let store: BackupStore;
let outgoing: string;
let servers: readonly LoneServer[];
let from: { readonly mongoUri: string; readonly redisUri: string };
let into: typeof from;

const open = (prefix: string) => s3Store(`s3://${s3.bucket}/${prefix}`, outgoing, s3.variables);

beforeAll(async () => {
  outgoing = await mkdtemp(join(tmpdir(), "drydock-outgoing-"));
  s3 = await startS3();
  const [one, two, three, four] = await Promise.all([
    embeddedMongo(),
    embeddedRedis(),
    embeddedMongo(),
    embeddedRedis(),
  ]);
  servers = [one, two, three, four];
  from = { mongoUri: one.uri, redisUri: two.uri };
  into = { mongoUri: three.uri, redisUri: four.uri };
  await fillServers(from.mongoUri, from.redisUri, 500);
  store = await open("team/shop");
});
afterAll(async () => {
  await Promise.all([...servers.map((server) => server.stop()), s3.remove()]);
  await rm(outgoing, { recursive: true, force: true });
});

it("a backup in an S3 store (s3rver) is listed, noted, restored and removed", async () => {
  const manifest = await takeBackup(store, from, { id: "20261130T080000Z-shop" });
  expect(await leftIn(outgoing)).toEqual([]);
  await store.note(manifest.id, { at: "2026-11-30T09:00:00.000Z", ok: true, detail: "embedded" });
  expect(await store.list(signal)).toEqual([
    { id: manifest.id, manifest, verified: { at: "2026-11-30T09:00:00.000Z", ok: true, detail: "embedded" } },
  ]);
  await bringBack(store, manifest, into, false);
  expect(await hashOf(into.mongoUri, into.redisUri)).toBe(await hashOf(from.mongoUri, from.redisUri));
  await store.remove(manifest.id);
  expect(await store.list(signal)).toEqual([]);
});

it("an upload that ends half way goes on where it was, with the next backup", async () => {
  const large = await open("large");
  const folder = await large.draft("20261130T090000Z-large");
  const content = randomBytes(20 * 1024 * 1024);
  await mkdir(join(folder, "mongo"), { recursive: true });
  await writeFile(join(folder, "mongo/dump.archive.gz"), content);
  const { createHash } = await import("node:crypto");
  const part = {
    name: "mongo/dump.archive.gz",
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
  const manifest = {
    format: 1,
    id: "20261130T090000Z-large",
    createdAt: "2026-11-30T09:00:00.000Z",
    databases: [],
    parts: [part],
    bytes: part.bytes,
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  const seen: number[] = [];
  const cut = new AbortController();
  const half = (done: number) => {
    seen.push(done);
    if (seen.length === 2) cut.abort();
  };
  await expect(large.publish(manifest.id, half, cut.signal)).rejects.toThrow();
  expect(await large.list(signal)).toEqual([]);
  expect(await leftIn(outgoing)).toEqual([manifest.id]);
  expect(await large.recover(signal)).toEqual([`${manifest.id} was whole, and is uploaded now.`]);
  expect(seen).toEqual([8 * 1024 * 1024, 16 * 1024 * 1024]);
  expect((await large.list(signal)).map(({ id }) => id)).toEqual([manifest.id]);
  const chunks: Buffer[] = [];
  for await (const chunk of await large.open(manifest.id, part.name)) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
  expect(await leftIn(outgoing)).toEqual([]);
});

it("a store that is away keeps the backup here, says so, and has it when it is back", async () => {
  await s3.kill();
  const id = "20261130T100000Z-away";
  await expect(takeBackup(store, from, { id })).rejects.toMatchObject({
    code: "BACKUP_PLACE",
    message: expect.stringContaining(`${id} could not be uploaded; it waits in`),
  });
  await s3.restart();
  expect(await store.recover(signal)).toEqual([`${id} was whole, and is uploaded now.`]);
  expect((await store.list(signal)).map((each) => each.id)).toEqual([id]);
});

async function leftIn(folder: string): Promise<readonly string[]> {
  const places = await readdir(folder);
  return (await Promise.all(places.map((place) => readdir(join(folder, place))))).flat();
}

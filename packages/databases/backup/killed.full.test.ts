import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withRedis } from "../snapshot/save-redis.ts";
import { fillServers, hashOf, spoil } from "../snapshot/testing/every-type.ts";
import { embeddedMongo, embeddedRedis, type LoneServer } from "./testing/lone-servers.ts";
import { takeBackup, temporaryStore } from "./testing/take-backup.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(here, "../../../node_modules/.cache");
const file = join(cache, `drydock-backup-${process.pid}.mjs`);
const { signal } = new AbortController();

describe("a backup of the embedded servers that is killed at any of its steps", () => {
  let servers: readonly LoneServer[];
  let uris: readonly [string, string];
  let place: Awaited<ReturnType<typeof temporaryStore>>;

  beforeAll(async () => {
    await mkdir(cache, { recursive: true });
    await build({
      input: fileURLToPath(new URL("./fixtures/backup-program.ts", import.meta.url)),
      platform: "node",
      external: [/^(?!@drydock|[./])/],
      output: { file, format: "esm", codeSplitting: false },
      logLevel: "silent",
    });
    const [mongo, redis] = await Promise.all([embeddedMongo(), embeddedRedis()]);
    servers = [mongo, redis];
    uris = [mongo.uri, redis.uri];
    place = await temporaryStore();
    await fillServers(mongo.uri, redis.uri, 100);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await place.remove();
    await rm(file, { force: true });
  });

  it("is listed whole or not at all, and the next one removes what is left", async () => {
    await takeBackup(place.store, { mongoUri: uris[0], redisUri: uris[1] });
    const { steps } = await run("run", "20261130T090000Z-all", "");
    expect(steps.length).toBeGreaterThan(10);
    for (const [index, step] of steps.entries()) {
      const id = `20261130T1000${String(index).padStart(2, "0")}Z-killed`;
      expect((await run("run", id, step)).isKilled, step).toBe(true);
      const listed = await place.store.list(signal);
      expect(
        listed.every(({ manifest }) => manifest !== undefined),
        step,
      ).toBe(true);
      expect(
        listed.some((each) => each.id === id),
        step,
      ).toBe(step === "published");
      await place.store.recover(signal);
      expect(
        (await readdir(place.folder)).filter((name) => name.startsWith(".")),
        step,
      ).toEqual([]);
    }
  });

  it("that is being restored leaves the old data, or what the next restore brings to its end", async () => {
    const [mongoUri, redisUri] = uris;
    const { id } = await takeBackup(place.store, { mongoUri, redisUri }, { id: "20261130T110000Z-restored" });
    const backedUp = await hashOf(mongoUri, redisUri);
    const { steps } = await run("restore", id, "");
    expect(steps).toContain("marked");
    for (const step of steps) {
      await spoil(mongoUri, redisUri);
      const before = await hashOf(mongoUri, redisUri);
      expect((await run("restore", id, step)).isKilled, step).toBe(true);
      if (step === "loaded" || step === "marked") expect(await hashOf(mongoUri, redisUri), step).toBe(before);
      expect((await run("restore", id, "")).isKilled).toBe(false);
      expect(await hashOf(mongoUri, redisUri), step).toBe(backedUp);
      expect(await leftovers(mongoUri, redisUri), step).toEqual([]);
    }
  });

  async function run(act: "run" | "restore", id: string, step: string) {
    const child = spawn(process.execPath, [file, act, place.folder, id, ...uris, step], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (data: Buffer) => {
      said += data.toString();
    });
    const [, ending] = await once(child, "close");
    return { steps: said.split("\n").filter((line) => line !== ""), isKilled: ending === "SIGKILL" };
  }
});

/** What a load makes for itself. */
async function leftovers(mongoUri: string, redisUri: string): Promise<readonly string[]> {
  const client = await new MongoClient(mongoUri).connect();
  try {
    const found = await client.db("shop").listCollections({}, { nameOnly: true }).toArray();
    const aside = found.map(({ name }) => name).filter((name) => name.startsWith("_drydock_restore"));
    const numbers = await withRedis(redisUri, async (redis) => [
      ...(await redis.info("keyspace")).matchAll(/^db(\d+)/gm),
    ]);
    return [...aside, ...numbers.map(([, number]) => String(number)).filter((number) => !["0", "3"].includes(number))];
  } finally {
    await client.close();
  }
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DevStack, startStack } from "../snapshot/testing/dev-stack.ts";
import { fillServers, hashOf, spoil } from "../snapshot/testing/every-type.ts";

const mayMount =
  process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

let stack: DevStack | undefined;
let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "drydock-backups-"));
});
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  await rm(place, { recursive: true, force: true });
});

/** What a command that fails has said. */
async function refusal({ dev }: DevStack, ...words: readonly string[]): Promise<string> {
  const error: unknown = await dev("backup", ...words, "--to", place, "--yes").then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  return typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : String(error);
}

describe("a backup that is whole and has nothing, restored into a stack of embedded servers", () => {
  it("is refused before live data is touched, ours and mongodump's", async () => {
    stack = await startStack("embedded");
    await fillServers(stack.mongoUri, stack.redisUri, 50);
    const before = await hashOf(stack.mongoUri, stack.redisUri);
    await stack.dev("backup", "run", "--to", place);
    const [{ id }] = JSON.parse(await stack.dev("backup", "list", "--json", "--to", place)).backups;
    const empty = `${id}-empty`;
    await cp(join(place, id), join(place, empty), { recursive: true });
    const file = join(place, empty, "manifest.json");
    const manifest = JSON.parse(await readFile(file, "utf8"));
    const databases = manifest.databases.map((each: object) => ({ ...each, collections: [], keyspaces: [] }));
    await writeFile(file, JSON.stringify({ ...manifest, id: empty, databases }));

    const said = await refusal(stack, "restore", empty);
    expect(said).toContain(`The backup ${empty} has no document and no key.`);
    expect(said).toContain("Nothing was changed");

    const dump = join(place, "dump");
    mkdirSync(join(dump, "shop"), { recursive: true });
    writeFileSync(join(dump, "shop/shape0.bson"), "");
    writeFileSync(join(dump, "shop/shape0.metadata.json"), '{"indexes":[],"collectionName":"shape0"}');
    expect(await refusal(stack, "restore", dump)).toContain("has no document and no key.");
    expect(await hashOf(stack.mongoUri, stack.redisUri)).toBe(before);
    expect(await stack.dev("snapshot", "list")).toContain("There is no snapshot yet");
  });
});

describe("a time series of the embedded MongoDB", () => {
  it("takes the place of one that is there, of a collection and of a view, and they of it", async () => {
    stack = await startStack("embedded");
    const client = await new MongoClient(stack.mongoUri).connect();
    try {
      const db = client.db("shop");
      const options = { timeseries: { timeField: "at", metaField: "of" }, expireAfterSeconds: 1e9 };
      const measured = (value: number) => ({ at: new Date(1.79e12 + value * 1000), of: "heat", value });
      const fill = async (name: string, from: number) => {
        await db.createCollection(name, options);
        await db.collection(name).insertMany(Array.from({ length: 2_500 }, (_, index) => measured(from + index)));
        await db.collection(name).createIndex({ of: 1, at: -1 }, { name: "newest" });
      };
      await fill("series", 0);
      await fill("wasPlain", 0);
      await db.collection("plain").insertOne({ a: 1 });
      await db.createCollection("view", { viewOn: "plain", pipeline: [] });
      const holdings = async () => {
        const found = await db.listCollections({}, { nameOnly: true }).toArray();
        const names = found.map(({ name }) => name).filter((name) => !name.startsWith("system."));
        const each = names.toSorted().map(async (name) => {
          const documents = await db.collection(name).find({}).sort({ at: 1 }).toArray();
          const indexes =
            found.find((one) => one.name === name)?.type === "view" ? [] : await db.collection(name).indexes();
          return [name, documents.length, JSON.stringify(documents), indexes.map(({ name: index }) => index)];
        });
        return Promise.all(each);
      };
      const before = await holdings();
      expect(before.map(([name, count]) => `${name} ${count}`)).toEqual([
        "plain 1",
        "series 2500",
        "view 1",
        "wasPlain 2500",
      ]);
      await stack.dev("backup", "run", "--to", place);

      await db.collection("series").deleteMany({ of: "heat" });
      await db.collection("series").insertOne(measured(9));
      await db.dropCollection("wasPlain");
      await db.collection("wasPlain").insertOne({ not: "a time series" });
      await db.dropCollection("plain");
      await db.createCollection("plain", options);
      const only = ["--only", "series", "--only", "wasPlain", "--only", "plain"];
      await stack.dev("backup", "restore", "--latest", ...only, "--yes", "--to", place);
      expect(await holdings()).toEqual(before);

      await db.collection("series").insertOne(measured(9));
      await stack.dev("backup", "restore", "--latest", "--yes", "--no-snapshot", "--to", place);
      expect(await holdings()).toEqual(before);
      const [first] = await db.listCollections({ name: "series" }).toArray();
      expect(first).toMatchObject({ type: "timeseries", options });
    } finally {
      await client.close();
    }
  });
});

describe.skipIf(!mayMount)(`a full disk (${mayMount ? "a small file system" : "needs the right to mount"})`, () => {
  it("while a backup is restored into a stack of embedded servers leaves the old data, says so, and the next restore works", async () => {
    let disk = "";
    try {
      stack = await startStack("embedded", "yes", (directory) => {
        disk = join(directory, ".dev");
        mkdirSync(disk);
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk]);
      });
      const { mongoUri, redisUri, dev } = stack;
      const hash = () => hashOf(mongoUri, redisUri);
      await fillServers(mongoUri, redisUri, 20_000);
      const before = await hash();
      await dev("backup", "run", "--to", place);
      await spoil(mongoUri, redisUri);
      const spoiled = await hash();
      const { bavail, bsize } = await statfs(disk);
      for (const leftBytes of [200_000, 3_000_000, 8_000_000]) {
        const filler = join(disk, "filler");
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
        for (const kept of [[], ["--no-snapshot"]]) {
          const said = await refusal(stack, "restore", "--latest", ...kept);
          expect(said, `${leftBytes} ${kept}`).toMatch(/ENOSPC|The disk of .* is full/);
          expect(said).toMatch(/Nothing was changed|The data is what it was before|Nothing of it is left/);
          expect(await hash()).toBe(spoiled);
        }
        await rm(filler);
      }
      await dev("backup", "restore", "--latest", "--yes", "--to", place);
      expect(await hash()).toBe(before);
    } finally {
      await stack?.dev("down", "--volumes", "--yes");
      if (disk !== "") execFileSync("umount", ["-l", disk]);
    }
  });
});

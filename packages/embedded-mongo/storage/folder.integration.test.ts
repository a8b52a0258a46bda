import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import { Tables } from "./tables.ts";
import { doc } from "./testing/random-steps.ts";

let directory = "";
const told: string[] = [];
const open = (folder: string | undefined = directory) =>
  openStore({ directory: folder, isReplicaSet: false, clock: systemClock, log: (message) => told.push(message) });
const namespace = { database: "d", collection: "c" };

beforeEach(() => {
  told.length = 0;
  directory = mkdtempSync(join(tmpdir(), "drydock-folder-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The number of a process that has ended. */
function deadProcess(): number {
  return Number(spawnSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).stdout);
}

test("a second server on the folder is refused and told who has it", async () => {
  const first = await open();
  first.announce("127.0.0.1:27017");
  await expect(open()).rejects.toMatchObject({
    code: "MONGO_FOLDER_TAKEN",
    message: `The data in ${directory} are in use by process ${process.pid} at 127.0.0.1:27017.`,
  });
  await first.close();
  await (await open()).close();
  expect(readdirSync(directory).sort()).toEqual(["data.mdb", "lock.mdb"]);
});

test("the lock of a process that has died, or whose number was given again, is taken over", async () => {
  writeFileSync(join(directory, "server.lock"), JSON.stringify({ pid: deadProcess(), startedAt: "1" }));
  await (await open()).close();
  expect(told).toEqual([expect.stringContaining("ended without closing it")]);
  writeFileSync(join(directory, "server.lock"), JSON.stringify({ pid: process.ppid, startedAt: "1" }));
  await (await open()).close();
  writeFileSync(join(directory, "server.lock"), "");
  await (await open()).close();
});

test("a folder of a newer format is refused and stays as it is", async () => {
  await (await open()).close();
  const tables = new Tables(directory, true);
  const newer = Buffer.alloc(8);
  newer.writeDoubleLE(99);
  await tables.transaction(() => tables.put("catalog", Buffer.from("f"), newer));
  await tables.close();
  const before = readFileSync(join(directory, "data.mdb"));
  await expect(open()).rejects.toMatchObject({ code: "MONGO_FOLDER_NEWER" });
  expect(readFileSync(join(directory, "data.mdb")).equals(before)).toBe(true);
  expect(existsSync(join(directory, "server.lock"))).toBe(false);
});

test("what cannot be a folder is refused with the reason", async () => {
  const path = join(directory, "file");
  writeFileSync(path, "");
  await expect(open(join(path, "data"))).rejects.toMatchObject({ code: "MONGO_FOLDER_UNUSABLE" });
});

test("data in memory are gone after the end, those of dead processes at the next start", async () => {
  const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const left = join(base, `drydock-mongo-${deadProcess()}-test`);
  mkdirSync(left);
  const own = () => readdirSync(base).filter((name) => name.startsWith(`drydock-mongo-${process.pid}-`));
  const before = own();
  const store = await openStore({ directory: undefined, isReplicaSet: false, clock: systemClock, log: () => {} });
  expect(existsSync(left)).toBe(false);
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(1) })));
  expect(own()).toHaveLength(before.length + 1);
  await store.close();
  expect(own()).toEqual(before);
});

test("a hot copy opens as what was there at that moment", async () => {
  const store = await open();
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(1) })));
  const copy = join(directory, "copy");
  mkdirSync(copy);
  await store.copyTo(copy);
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(2) })));
  const copied = await open(copy);
  const snapshot = copied.snapshot();
  expect(snapshot.open(namespace)?.count()).toBe(1);
  expect(snapshot.open(namespace)?.validate()).toEqual([]);
  snapshot.close();
  await copied.close();
  await store.close();
});

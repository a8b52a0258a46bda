import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instance } from "@drydock/core";
import type { Edit } from "@drydock/watch";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OwnWrites } from "./own-writes.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-own-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const instance = {
  service: "api",
  number: 1,
  id: "1",
  state: "ready",
  reason: "",
  addresses: [],
  provider: "",
} as const;
const startedAt = (at: number): readonly Instance[] => [{ ...instance, restarts: 0, startedAt: at }];
const editOf = (name: string, kind: Edit["kind"] = "restart"): Edit => {
  const changes = [{ path: join(folder, name), kind: "written" as const }];
  return { service: "api", kind, files: [], commands: [], changes };
};

test("what a program generates as it starts restarts it once, and not for ever", async () => {
  const began = Date.now();
  const ownWrites = new OwnWrites(() => startedAt(began));
  await writeFile(join(folder, "types.ts"), "types");
  expect(ownWrites.leaveOut([editOf("types.ts")])).toHaveLength(1);
  ownWrites.begin([editOf("types.ts")], began);
  await writeFile(join(folder, "types.ts"), "types");
  expect(ownWrites.leaveOut([editOf("types.ts"), editOf("types.ts", "sync")])).toEqual([editOf("types.ts", "sync")]);
  // Somebody else's, or another content: the process has not begun with it.
  expect(ownWrites.leaveOut([editOf("server.js")])).toHaveLength(1);
  await writeFile(join(folder, "types.ts"), "other types");
  expect(ownWrites.leaveOut([editOf("types.ts")])).toHaveLength(1);
});

test("the same content counts again where the process is older than its last restart's begin, or has long started", async () => {
  let began = Date.now() - 60_000;
  const ownWrites = new OwnWrites(() => startedAt(began));
  await writeFile(join(folder, "server.js"), "one");
  ownWrites.begin([editOf("server.js")], Date.now());
  // A restart that was cut off before the process began: it is to be done again.
  expect(ownWrites.leaveOut([editOf("server.js")])).toHaveLength(1);
  // touch(1), to restart it.
  ownWrites.begin([editOf("server.js")], began);
  expect(ownWrites.leaveOut([editOf("server.js")])).toHaveLength(1);
  began = Date.now();
  await writeFile(join(folder, "server.js"), "one");
  expect(ownWrites.leaveOut([editOf("server.js")])).toHaveLength(0);
});

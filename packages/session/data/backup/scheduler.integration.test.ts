import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DevEvent } from "@drydock/core";
import { eventually, FakeClock } from "@drydock/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { dataCompose, openDataSession } from "../../fixtures/data-session.ts";
import type { Session } from "../../session.ts";
import { BackupScheduler } from "./scheduler.ts";

const hour = 3_600_000;
let directory: string;
let session: Session;
let scheduler: BackupScheduler;
let clock: FakeClock;
let failure: Error | undefined;
const made: number[] = [];
const notices: string[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-schedule-"));
  await writeFile(join(directory, "compose.yaml"), dataCompose);
  await writeFile(join(directory, "dev.config.mjs"), 'export default { backup: { every: "4h" } };\n');
  clock = new FakeClock(Date.parse("2026-11-30T08:00:00Z"));
  made.length = 0;
  notices.length = 0;
  failure = undefined;
  await open();
});

afterEach(async () => {
  scheduler.stop();
  await session.close();
  await rm(directory, { recursive: true });
});

async function open(): Promise<void> {
  ({ session } = await openDataSession(directory, clock));
  session.hub.subscribe((event: DevEvent) => {
    if (event.kind === "notice") notices.push(`${event.level}: ${event.message}`);
  });
  scheduler = new BackupScheduler(session, () => async () => {
    if (failure) throw failure;
    made.push((clock.now() - Date.parse("2026-11-30T08:00:00Z")) / hour);
    return { id: `backup-${made.length}`, pruned: 0 };
  });
  scheduler.update({ directory, files: [], envFiles: [], profiles: [], variables: {} });
}

const state = async () => JSON.parse(await readFile(join(directory, ".dev/backup.json"), "utf8"));

it("a backup is made at first, then every four hours; one that was missed is made once, by whoever comes next", async () => {
  await eventually(() => made.length === 1);
  await eventually(() => clock.sleeping > 0);
  await clock.advance(9 * hour);
  expect(made).toEqual([0, 4, 8]);
  scheduler.stop();
  await session.close();
  await clock.advance(30 * hour);
  await open();
  await eventually(() => made.length === 4);
  await eventually(() => clock.sleeping > 0);
  await clock.advance(5 * hour);
  expect(made).toEqual([0, 4, 8, 39, 43]);
  expect(await state()).toMatchObject({ lastId: "backup-5" });
});

it("one that fails is told, kept, and tried again at the next time", async () => {
  failure = new Error("the disk is full");
  await eventually(() => notices.length > 0);
  expect(notices).toEqual(["warning: The scheduled backup failed: the disk is full"]);
  expect(await state()).toEqual({ lastAt: "2026-11-30T08:00:00.000Z", problem: "the disk is full" });
  failure = undefined;
  await eventually(() => clock.sleeping > 0);
  await clock.advance(4 * hour);
  expect(made).toEqual([4]);
  expect(await state()).toEqual({ lastAt: "2026-11-30T12:00:00.000Z", lastId: "backup-1" });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "./open-store.ts";
import { bundleProgram } from "./testing/bundle-program.ts";

let program = "";
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const children: ChildProcess[] = [];

beforeAll(async () => {
  program = await bundleProgram(new URL("./testing/memory-process.ts", import.meta.url));
});

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(program);
});

async function start(...folder: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, ...folder], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

const foldersOf = ({ pid }: ChildProcess) =>
  readdirSync(base).filter((name) => name.startsWith(`drydock-mongo-${pid}-`));

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const closed = once(child, "close");
  child.kill(signal);
  const [, by] = await closed;
  return by;
}

test("a process that is told to end removes its data in memory, and ends by that signal", async () => {
  const child = await start();
  expect(foldersOf(child)).toHaveLength(2);
  expect(await end(child, "SIGTERM")).toBe("SIGTERM");
  expect(foldersOf(child)).toEqual([]);
});

test("what a killed process leaves in memory is removed by the next one", async () => {
  const child = await start();
  await end(child, "SIGKILL");
  expect(foldersOf(child)).toHaveLength(2);
  const store = await openStore({ directory: undefined, isReplicaSet: false, clock: systemClock, log: () => {} });
  expect(foldersOf(child)).toEqual([]);
  await store.close();
});

test("a folder that another process has is refused while that process lives, and names it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "drydock-taken-"));
  const open = () => openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {} });
  try {
    const child = await start(directory);
    await expect(open()).rejects.toThrow(`in use by process ${child.pid} at 127.0.0.1:27099`);
    await end(child, "SIGKILL");
    await (await open()).close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

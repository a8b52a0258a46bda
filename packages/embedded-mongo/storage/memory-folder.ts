import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "./folder-lock.ts";

/** A folder that is gone at the end: on a RAM disk where there is one. */
export interface MemoryFolder {
  readonly directory: string;
  remove(): void;
}

const prefix = "drydock-mongo-";
// Signals that end a process which does nothing about them, and that it can do something about.
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Makes the folder and removes those of processes that are gone. It is removed at the process's exit too, and by signals. */
export function makeMemoryFolder(log: (message: string) => void): MemoryFolder {
  const base = ramDisk() ?? tmpdir();
  removeLeftovers(base, log);
  const directory = mkdtempSync(join(base, `${prefix}${process.pid}-`));
  guard(directory);
  return {
    directory,
    remove() {
      rmSync(directory, { recursive: true, force: true });
      unguard(directory);
    },
  };
}

/** The folders of this process: one listener is enough for all of them. */
const guarded = new Set<string>();

function guard(directory: string): void {
  if (guarded.size === 0) {
    process.on("exit", removeAll);
    for (const signal of signals) process.on(signal, endBySignal);
  }
  guarded.add(directory);
}

function unguard(directory: string): void {
  guarded.delete(directory);
  if (guarded.size > 0) return;
  process.off("exit", removeAll);
  for (const signal of signals) process.off(signal, endBySignal);
}

function removeAll(): void {
  for (const directory of guarded) rmSync(directory, { recursive: true, force: true });
}

function endBySignal(signal: NodeJS.Signals): void {
  // Whoever else listens decides how the process ends; otherwise it ends as it would have without us.
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  process.off(signal, endBySignal);
  process.kill(process.pid, signal);
}

function ramDisk(): string | undefined {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return undefined;
  }
}

function removeLeftovers(base: string, log: (message: string) => void): void {
  for (const name of readdirSync(base)) {
    const pid = Number(/^drydock-mongo-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    rmSync(join(base, name), { recursive: true, force: true });
    log(`Removed ${join(base, name)}, which process ${pid} left behind.`);
  }
}

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { expect } from "vitest";
import { openStore } from "../open-store.ts";
import { bundleProgram } from "./bundle-program.ts";

const namespace = { database: "d", collection: "c" };

// A folder is used again so often; then its documents take too long to look through.
const roundsOfFolder = 10;

/**
 * So many times: a process writes from eight sides, is killed with signal 9 at some moment, and the folder is opened and looked through. Returns
 * how many writes were acknowledged.
 */
export async function killWriters(rounds: number): Promise<number> {
  const program = await bundleProgram(new URL("./writing-process.ts", import.meta.url));
  try {
    let acknowledged = 0;
    for (let round = 0; round < rounds; round += roundsOfFolder) {
      acknowledged += await killInFolder(program, Math.min(roundsOfFolder, rounds - round));
    }
    return acknowledged;
  } finally {
    rmSync(program);
  }
}

async function killInFolder(program: string, rounds: number): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "drydock-killed-"));
  const acknowledged = new Set<string>();
  try {
    for (let round = 0; round < rounds; round++) {
      for (const id of await writeUntilKilled(program, directory, round)) acknowledged.add(id);
      await lookThrough(directory, acknowledged);
    }
    return acknowledged.size;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What was acknowledged before the end. */
function writeUntilKilled(program: string, directory: string, round: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, directory, String(round)], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  // From the first acknowledged write on, at any moment of the next 150 ms.
  const killSoon = () => setTimeout(() => child.kill("SIGKILL"), Math.random() * 150);
  child.stdout.once("data", killSoon);
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // The last line may be torn: what it says was not said.
    child.once("close", (_code, signal) => {
      if (signal === "SIGKILL") resolve(text.split("\n").slice(0, -1));
      else reject(new Error(`The writing process ended by itself: ${signal}`));
    });
  });
}

async function lookThrough(directory: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const store = await openStore({ directory, isReplicaSet: true, clock: systemClock, log: () => {} });
  const snapshot = store.snapshot();
  const collection = snapshot.open(namespace);
  expect(collection?.validate()).toEqual([]);
  const there = new Set<unknown>();
  let counted = 0;
  for (const { document } of collection?.scan() ?? []) {
    const count = document.get("count");
    if (typeof count === "number") counted += count;
    else there.add(document.get("_id"));
  }
  expect([...acknowledged].filter((id) => !there.has(id))).toEqual([]);
  // Each document came with a step of a count: both or none.
  expect(counted).toBe(there.size);
  snapshot.close();
  await store.close();
}

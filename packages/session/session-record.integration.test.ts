import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastWordsOf, type SessionRecord, writeEnd, writeSessionRecord } from "./session-record.ts";

let folder: string;
let [path, log] = ["", ""];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-record-"));
  [path, log] = [join(folder, "session.json"), join(folder, "supervisor.log")];
});

afterEach(() => rm(folder, { recursive: true }));

/** A process that is over; and, in its log, what Node says of an error that nobody caught. */
function failed(): SessionRecord {
  const { pid, stderr } = spawnSync(process.execPath, ["-e", "throw new TypeError('no such thing')"], {
    encoding: "utf8",
  });
  return { sessionId: stderr, supervisorPid: pid, startedAt: 1, project: "shop", engine: "local" };
}

test("a supervisor that failed is told from its log, one that was killed by its silence", async () => {
  const record = failed();
  await writeSessionRecord(path, record);
  expect(await lastWordsOf(path, log)).toEqual([]);
  await writeFile(log, record.sessionId);
  expect(await lastWordsOf(path, log)).toEqual(["TypeError: no such thing", expect.stringMatching(/^Node\.js v/)]);
});

test("of a supervisor that runs, that ended as it should, or that had no stack there is nothing to say", async () => {
  expect(await lastWordsOf(path, log)).toBeUndefined();
  await writeEnd(path, 2);
  expect(await lastWordsOf(path, log)).toBeUndefined();
  const record = failed();
  await writeSessionRecord(path, { ...record, supervisorPid: process.pid });
  expect(await lastWordsOf(path, log)).toBeUndefined();
  const { engine: _, ...without } = record;
  await writeSessionRecord(path, without);
  expect(await lastWordsOf(path, log)).toBeUndefined();
  await writeSessionRecord(path, record);
  await writeEnd(path, 2);
  expect(await lastWordsOf(path, log)).toBeUndefined();
});

test.skipIf(process.platform !== "linux")(
  "a supervisor that was killed is over, also where nobody has asked for its end",
  async () => {
    // Node asks for the end of its children by itself: the shell's child has a parent that does not.
    const shell = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 1000"], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      const [chunk] = (await once(shell.stdout, "data")) as [Buffer];
      const supervisorPid = Number(chunk.toString());
      await eventually(async () => (await readFile(`/proc/${supervisorPid}/stat`, "utf8")).includes(") Z "));
      await writeSessionRecord(path, { ...failed(), supervisorPid });
      expect(await lastWordsOf(path, log)).toEqual([]);
    } finally {
      shell.kill("SIGKILL");
    }
  },
);

import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeDeadPipes } from "./open-pipe.ts";

test("what a killed process left of its pipes is removed, and what a live one makes is not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-dead-pipes-"));
  try {
    const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
    const live = `drydock-pipe-${process.pid}-aaaaaa`;
    for (const name of [`drydock-pipe-${dead}-bbbbbb`, live, "elsewhere"]) await mkdir(join(folder, name));
    await removeDeadPipes(folder);
    expect((await readdir(folder)).sort()).toEqual([live, "elsewhere"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

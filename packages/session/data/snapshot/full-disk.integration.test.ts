import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataCompose, openDataSession, putData, readData, sideFolders } from "../../fixtures/data-session.ts";
import type { Session } from "../../session.ts";
import type { SnapshotAct, SnapshotActs } from "./request.ts";
import { snapshot } from "./snapshot.ts";

const mayMount =
  process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

describe.skipIf(!mayMount)(`a full disk (${mayMount ? "a small file system" : "needs the right to mount"})`, () => {
  let directory: string;
  let session: Session;
  const data = "x".repeat(400_000);
  const act = <A extends SnapshotAct>(name: A, request: SnapshotActs[A]["request"]) => {
    const source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
    return snapshot(session, { source, act: name, request }, new AbortController().signal);
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "drydock-full-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", directory]);
    await writeFile(join(directory, "compose.yaml"), dataCompose);
    ({ session } = await openDataSession(directory));
    putData(directory, data);
    await act("save", { name: "one" });
  });

  afterAll(async () => {
    await session.close();
    execFileSync("umount", ["-l", directory]);
    await rm(directory, { recursive: true });
  });

  const acts = [
    ["save", { name: "two" }, "SNAPSHOT_FAILED"],
    ["restore", { name: "one", dryRun: false }, "EXCHANGE_FAILED"],
    ["branch", { name: "fresh" }, "EXCHANGE_FAILED"],
  ] as const;

  it.each(acts)("%s says so, leaves nothing, and the data is what it was", async (name, request, code) => {
    const message = expect.stringContaining("ENOSPC");
    await expect(act<SnapshotAct>(name, request)).rejects.toMatchObject({ code, message });
    expect(readData(directory)).toBe(`${data} ${data}`);
    expect(sideFolders(directory)).toEqual(["snapshots/one"]);
    expect((await act("branches", {})).current).toBe("main");
  });
});

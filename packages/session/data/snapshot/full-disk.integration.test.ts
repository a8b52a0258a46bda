import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DevError } from "@drydock/core";
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

  it("says that servers do not start on what was there, and what puts it back", async () => {
    const { engine } = session.stack;
    const apply = engine.apply.bind(engine);
    try {
      engine.apply = async (step, context) => {
        if (step.kind === "start")
          throw new DevError("NOT_READY", "mongo did not become ready.", { evidence: ["full"] });
        return apply(step, context);
      };
      putData(directory, "short");
      await expect(act("restore", { name: "one", dryRun: false })).rejects.toMatchObject({
        code: "EXCHANGE_FAILED",
        message: "The restore of one failed: mongo did not become ready.",
        evidence: ["full", "Then, to bring the servers back on what was there: mongo did not become ready.", "  full"],
        hint: expect.stringContaining("`dev up`"),
      });
      expect(readData(directory)).toBe("short short");
    } finally {
      engine.apply = apply;
      putData(directory, data);
    }
  });

  const acts = [
    ["save", { name: "two" }, "SNAPSHOT_FAILED"],
    ["restore", { name: "one", dryRun: false }, "EXCHANGE_FAILED"],
    ["branch", { name: "fresh" }, "EXCHANGE_FAILED"],
  ] as const;

  it.each(acts)("%s says so, leaves nothing, and the data is what it was", async (name, request, code) => {
    await expect(act<SnapshotAct>(name, request)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/: the disk is full\.$/),
      evidence: [
        expect.stringContaining("ENOSPC"),
        "About 0.8 MB were to be written.",
        expect.stringMatching(new RegExp(`^0\\.[45] MB are free now at ${directory}/`)),
      ],
      hint: expect.stringContaining("Make room: `dev snapshot list`"),
    });
    expect(readData(directory)).toBe(`${data} ${data}`);
    expect(sideFolders(directory)).toEqual(["snapshots/one"]);
    expect((await act("branches", {})).current).toBe("main");
  });
});

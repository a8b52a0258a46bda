import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DevStack, startStack } from "../snapshot/testing/dev-stack.ts";
import { fillServers } from "../snapshot/testing/every-type.ts";

describe.skipIf(process.platform !== "linux")("the servers that a verification starts, embedded ones", () => {
  let stack: DevStack | undefined;
  let place: string;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), "drydock-backups-"));
  });
  afterEach(async () => {
    await stack?.remove();
    stack = undefined;
    await rm(place, { recursive: true, force: true });
  });

  it("are processes of their own, and gone with a supervisor that is killed, as is what they wrote", async () => {
    stack = await startStack("embedded");
    const { directory, dev } = stack;
    await fillServers(stack.mongoUri, stack.redisUri, 100_000);
    await dev("backup", "run", "--to", place);
    const verifying = dev("backup", "verify", "--to", place).then(
      () => "verified",
      () => "failed",
    );
    const scratch = () => commandsOf(directory).filter((command) => command.includes("backup-scratch"));
    await eventually(() => scratch().length > 0, 60_000);
    process.kill(await stack.supervisorPid(), "SIGKILL");
    expect(await verifying).toBe("failed");
    await eventually(() => commandsOf(directory).length === 0, 30_000);
    await dev("up", "--detach");
    expect(await dev("backup", "verify", "--to", place)).toContain("Verified ");
    const [project = ""] = await readdir(join(directory, ".dev/projects"));
    expect(await readdir(join(directory, ".dev/projects", project, "backup-scratch"))).toEqual([]);
  });
});

/** The command lines that name a folder. */
function commandsOf(directory: string): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return command.includes(directory) ? [command] : [];
    } catch {
      return []; // it has ended
    }
  });
}

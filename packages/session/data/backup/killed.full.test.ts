import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataCompose, openDataSession, putData, readData, sideFolders } from "../../fixtures/data-session.ts";
import { buildDataProgram, type DataProgram } from "../../fixtures/killed-act.ts";
import { makeBackupOf } from "../../fixtures/make-backup.ts";

const dev = fileURLToPath(new URL("../../../cli/bin/dev.js", import.meta.url));

describe("a restore of a backup into a stack (embedded servers) that is killed at any of its steps", () => {
  let program: DataProgram;
  let stack: string;
  let id: string;
  beforeAll(async () => {
    program = await buildDataProgram();
    stack = await mkdtemp(join(tmpdir(), "drydock-killed-"));
    await writeFile(join(stack, "compose.yaml"), dataCompose);
    const servers = await Promise.all(["mongo", "redis"].map(serve));
    try {
      const [mongo, redis] = servers.map(({ port }) => port);
      id = await makeBackupOf(
        `mongodb://127.0.0.1:${mongo}/?directConnection=true`,
        `redis://127.0.0.1:${redis}`,
        join(stack, "backups"),
      );
    } finally {
      await Promise.all(servers.map(({ stop }) => stop()));
    }
    putData(stack, "new");
  });
  afterAll(async () => {
    await program.remove();
    await rm(stack, { recursive: true, force: true });
  });

  it("leaves the old data or the restored, and nothing else", async () => {
    const { steps } = await killed("");
    expect(steps.length).toBeGreaterThan(12);
    for (const step of steps) {
      const { isKilled, holds, sides } = await killed(step);
      expect(isKilled, step).toBe(true);
      expect(["old", "restored"], step).toContain(holds);
      // The snapshot of before may be there, whole; nothing that is half done is.
      expect(
        sides.filter((each) => !each.startsWith("snapshots/before-restore-")),
        step,
      ).toEqual([]);
    }
  });

  /** What is left after the restore was killed at a step and the next `up` has cleaned up. */
  async function killed(step: string) {
    const directory = await mkdtemp(join(tmpdir(), "drydock-killed-"));
    try {
      await cp(stack, directory, { recursive: true });
      const { steps, isKilled } = await program.run(directory, "backup", id, step);
      const { session } = await openDataSession(directory);
      await session.close();
      const sides = sideFolders(directory).filter((each) => !each.startsWith("snapshots/.partial-"));
      return { steps, isKilled, holds: holdings(directory), sides };
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  }
});

/** The old data is a file of a test; what was restored are a server's files, in both folders. */
function holdings(directory: string): string {
  if (readData(directory) === "new new") return "old";
  const names = ["mongo-data", "redis-data"].map((volume) => readdirSync(join(directory, ".dev/volumes", volume)));
  const isRestored = existsSync(join(directory, ".dev/volumes/redis-data/dump.rdb")) && (names[0]?.length ?? 0) > 0;
  return isRestored ? "restored" : `neither: ${JSON.stringify(names)}`;
}

async function serve(kind: string) {
  const port = await freePort();
  const child = spawn(process.execPath, [dev, "serve", kind, "--memory", "--port", String(port)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  await eventually(() => said.includes(String(port)), 60_000);
  return {
    port,
    async stop() {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

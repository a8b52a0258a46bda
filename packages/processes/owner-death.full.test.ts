import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DevEvent } from "@drydock/core";
import { eventually, testEnvironment } from "@drydock/testing";
import { build } from "rolldown";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findStrays } from "./find-strays.ts";
import { processesIn, testEngine } from "./test-engine.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

describe.skipIf(process.platform !== "linux")(
  "when the process that owns an engine dies (Linux: looks into /proc)",
  () => {
    const program = join(here, "../../node_modules/.cache", `drydock-owner-${process.pid}.mjs`);
    let directory: string;
    let owner: ChildProcess;

    beforeAll(async () => {
      await mkdir(join(here, "../../node_modules/.cache"), { recursive: true });
      await build({
        input: join(here, "fixtures/owner.ts"),
        platform: "node",
        external: [/^(?!@drydock|[./])/],
        output: { file: program, format: "esm", codeSplitting: false },
        logLevel: "silent",
      });
    });
    afterAll(() => rm(program, { force: true }));

    const start = async (manners: "polite" | "stubborn") => {
      directory = await realpath(await mkdtemp(join(tmpdir(), "drydock-owner-")));
      owner = spawn(process.execPath, [program, directory, manners], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise<void>((resolve) =>
        owner.stdout?.on("data", (data: Buffer) => data.toString().includes("up") && resolve()),
      );
      expect(await processesIn(directory)).toHaveLength(4);
    };
    const isEmpty = async () => (await processesIn(directory)).length === 0;

    afterEach(async () => {
      owner.kill("SIGKILL");
      await eventually(isEmpty, 30_000);
      await rm(directory, { recursive: true, force: true });
    });

    it.each(["SIGKILL", "SIGTERM", "SIGABRT"] as const)(
      "by %s, its services are asked to end and nothing is left",
      async (signal) => {
        await start("polite");
        owner.kill(signal);
        await eventually(isEmpty, 8_000);
        expect(existsSync(join(directory, "goodbye"))).toBe(true);
      },
    );

    it("and its guardian was killed as well, the next session finds and removes what is left", async () => {
      await start("polite");
      const guardian = await eventually(() => guardianOf(owner.pid ?? 0));
      owner.kill("SIGSTOP"); // so that it does not make another one
      process.kill(guardian, "SIGKILL");
      owner.kill("SIGKILL");
      const engine = testEngine(directory);
      const environment = testEnvironment(directory, []);
      const { signal } = new AbortController();
      const leftovers = await engine.findLeftovers(environment, signal);
      expect(leftovers.length).toBeGreaterThanOrEqual(4);
      expect(leftovers[0]?.label).toMatch(/^process \d+: /);
      for (const leftover of leftovers) await engine.removeLeftover(leftover, signal);
      expect(await findStrays(directory)).toEqual([]);
      expect(await engine.findLeftovers(environment, signal)).toEqual([]);
      await engine.close();
    });

    it("and its services do not end when asked, they are killed after ten seconds; a session that starts meanwhile waits", async () => {
      await start("stubborn");
      owner.kill("SIGKILL");
      const engine = testEngine(directory);
      const notices: string[] = [];
      const emit = (event: DevEvent) => void (event.kind === "notice" && notices.push(event.message));
      const context = { environment: testEnvironment(directory, []), emit, signal: new AbortController().signal };
      const step = {
        kind: "prepare",
        id: "p",
        because: "",
        after: [],
        services: [],
        build: false,
        forceRecreate: false,
      } as const;
      await engine.apply(step, context);
      expect(await processesIn(directory)).toEqual([]);
      expect(notices).toEqual(["an earlier session had left 4 processes: they were ended"]);
      await engine.close();
    });

    it("another checkout's session takes nothing of it", async () => {
      await start("polite");
      const other = await realpath(await mkdtemp(join(tmpdir(), "drydock-owner-")));
      const engine = testEngine(other);
      expect(await engine.findLeftovers(testEnvironment(other, []), new AbortController().signal)).toEqual([]);
      await engine.close();
      expect(await processesIn(directory)).toHaveLength(4);
      await rm(other, { recursive: true });
    });
  },
);

async function guardianOf(pid: number): Promise<number | undefined> {
  const { listProcesses, readCommandLine } = await import("./process-table.ts");
  for (const each of await listProcesses()) {
    if (each.parent === pid && (await readCommandLine(each.pid))?.includes("drydock-guardian")) return each.pid;
  }
  return undefined;
}

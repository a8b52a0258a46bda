import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DevError, systemClock } from "@drydock/core";
import { planDown, planUp } from "@drydock/planner";
import { LogStore } from "@drydock/telemetry";
import { engineFactory } from "../../compose-root.ts";
import { execute } from "../../execute.ts";
import { Session } from "../../session.ts";
import type { StateFolder } from "../../state-folder.ts";
import type { StackSource } from "../../supervisor.ts";
import { testStackFailed } from "./errors.ts";

/** A stack that this process alone looks after, in a state folder of its own. */
export interface RunStack {
  readonly session: Session;
  /** Makes what these services need before they start. @throws DevError why one cannot be made */
  prepare(services: readonly string[], signal: AbortSignal): Promise<void>;
  /** Starts services that are prepared, and waits until they are ready, or done. @throws DevError why one is not */
  start(services: readonly string[], signal: AbortSignal): Promise<void>;
  /** Stops and removes everything, its data and its folder too. */
  remove(): Promise<void>;
}

const fileName = "compose.yaml";

/** Opens a stack by its Compose text. @throws DevError NO_DOCKER and those of the text */
export async function openRunStack(
  folder: StateFolder,
  text: string,
  source: StackSource,
  serveCommand: readonly string[],
  signal: AbortSignal,
): Promise<RunStack> {
  await writeFile(join(folder.directory, fileName), text, { mode: 0o600 });
  return openWritten(folder, source, serveCommand, signal);
}

/** Removes what a run has left that did not end by itself: on the local engine its processes ended with it, containers go on. @throws DevError NO_DOCKER */
export async function removeDeadRun(
  folder: StateFolder,
  source: StackSource,
  serveCommand: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (!existsSync(join(folder.directory, fileName))) return rm(folder.directory, { recursive: true, force: true });
  const stack = await openWritten(folder, source, serveCommand, signal);
  await stack.remove();
}

async function openWritten(
  folder: StateFolder,
  { engine, variables }: StackSource,
  serveCommand: readonly string[],
  signal: AbortSignal,
): Promise<RunStack> {
  const session = new Session({
    folder,
    logs: await LogStore.open(folder.logs),
    engines: engineFactory(serveCommand),
    clock: systemClock,
    serveCommand,
    record: { sessionId: randomUUID(), supervisorPid: process.pid, startedAt: Date.now() },
  });
  // The file says all of it: what the caller's variables say of files, profiles and names is said of the project.
  const { COMPOSE_FILE, COMPOSE_PROFILES, COMPOSE_PROJECT_NAME, COMPOSE_ENV_FILES, ...rest } = variables;
  const directory = folder.directory;
  const own = { directory, files: [join(directory, fileName)], envFiles: [], profiles: [], variables: rest };
  try {
    await session.load({ ...own, ...(engine === undefined ? {} : { engine }) }, [], signal);
  } catch (error) {
    await session.close();
    throw error;
  }
  const { engine: runs, environment } = session.stack;
  const carryOut = async (plan: ReturnType<typeof planUp>, limit: AbortSignal) => {
    const context = { environment, emit: session.publish, signal: limit };
    const { failures } = await execute(plan, runs, context, session.clock);
    const [first] = failures;
    if (first && (failures.length === 1 || !(first.error instanceof DevError))) throw first.error;
    const named = failures.map(({ step, error }) => ({
      name: "service" in step ? step.service : step.kind,
      message: error instanceof Error ? error.message : String(error),
    }));
    if (named.length > 0) throw testStackFailed(named);
  };
  const planOf = async (services: readonly string[], isPrepared: boolean, limit: AbortSignal) =>
    planUp(environment, await session.observe(limit), { ...upOptions, services, isPrepared });
  return {
    session,
    async prepare(services, limit) {
      const plan = await planOf(services, false, limit);
      await carryOut(
        plan.filter(({ kind }) => kind !== "start" && kind !== "ready"),
        limit,
      );
    },
    start: async (services, limit) => carryOut(await planOf(services, true, limit), limit),
    async remove() {
      const { signal: whole } = new AbortController();
      try {
        await carryOut(planDown(environment, await session.observe(whole), { volumes: true }), whole);
        const leftovers = await runs.findLeftovers(environment, whole);
        await Promise.all(leftovers.map((leftover) => runs.removeLeftover(leftover, whole)));
      } finally {
        await session.close();
      }
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const upOptions = { noDeps: false, build: false, forceRecreate: false, removeOrphans: false } as const;

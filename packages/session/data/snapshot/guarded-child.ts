import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Session } from "../../session.ts";

/** A child process that ends with this one. */
export interface GuardedChild {
  /** Aborted when it has ended. */
  readonly ended: AbortSignal;
  /** Its last lines. */
  readonly said: readonly string[];
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>;
}

// No service can have this name: the engine never takes it for one of a service's processes.
const label = "@scratch";
const keptLines = 10;

/** Starts a program that is needed for a moment. It never outlives this process, not even one that is killed. */
export async function startGuarded(session: Session, command: readonly string[]): Promise<GuardedChild> {
  const { endGroup, Guardian, markers, signalGroup } = await import("@drydock/processes");
  const [program = "", ...words] = command;
  const child = spawn(program, words, {
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...variablesFor(process.env), ...markers(session.id, session.stack.environment.directory, label) },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      said.push(line);
      if (said.length > keptLines) said.shift();
    });
  const guardian = new Guardian(session.id);
  if (child.pid !== undefined && process.platform !== "win32") guardian.guard(child.pid);
  const end = new AbortController();
  const over = new Promise<void>((resolve) => {
    const settle = async () => {
      if (child.pid !== undefined) {
        await endGroup(child.pid).catch(() => undefined);
        guardian.release(child.pid);
      }
      await guardian.close();
      end.abort();
      resolve();
    };
    child.once("close", settle);
    child.once("error", (error) => {
      said.push(error.message);
      if (child.pid === undefined) settle();
    });
  });
  return {
    ended: end.signal,
    said,
    async stop() {
      if (child.pid !== undefined && !end.signal.aborted) signalGroup(child.pid, "SIGTERM");
      await over;
    },
  };
}

/** A first user of a stack's MongoDB is not one of a copy's, which would ask for a password. */
function variablesFor(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("MONGO_INITDB_")));
}

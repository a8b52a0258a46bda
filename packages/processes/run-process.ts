import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Launch } from "./launch.ts";
import { LineSplitter } from "./split-lines.ts";

/** How a process ended. A signal counts as 128 plus its number, as shells and Docker say it. */
export interface Exit {
  readonly code: number;
  /** `exit 1`, `killed by SIGKILL`. */
  readonly reason: string;
}

/** One life of a process group. */
export interface Run {
  /** The leader's process id, which is the group's id. */
  readonly group: number;
  /** Resolves when the leader has exited and its output was read. */
  readonly ended: Promise<Exit>;
}

export type TakeLine = (stream: "stdout" | "stderr", text: string) => void;

// Output that is already in the pipe is read in this time; a grandchild that keeps the pipe open must not hold us longer.
const drainMs = 200;

/** Starts a process as the leader of its own group. @throws the system's error when the program cannot be started */
export async function runProcess(launch: Launch, takeLine: TakeLine): Promise<Run> {
  const [program = "", ...words] = launch.command;
  const child = spawn(program, words, {
    cwd: launch.directory,
    env: launch.environment,
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of ["stdout", "stderr"] as const) {
    const splitter = new LineSplitter((line) => takeLine(stream, line));
    child[stream].on("data", (chunk: Buffer) => splitter.write(chunk));
    child[stream].once("close", () => splitter.end());
  }
  const ended = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => {
      const exit = describeExit(code, signal);
      const timer = setTimeout(() => resolve(exit), drainMs);
      child.once("close", () => {
        clearTimeout(timer);
        resolve(exit);
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  return { group: child.pid ?? 0, ended };
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): Exit {
  if (signal === null) return { code: code ?? 1, reason: `exit ${code ?? 1}` };
  return { code: 128 + constants.signals[signal], reason: `killed by ${signal}` };
}

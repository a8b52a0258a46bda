import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import type { Launch } from "./launch.ts";
import { closeWriteEnd, openPipes } from "./open-pipe.ts";
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
  const pipes = process.platform === "win32" ? [] : await openPipes(2).catch(() => []);
  const [program = "", ...words] = launch.command;
  const child = spawn(program, words, {
    cwd: launch.directory,
    env: launch.environment,
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", pipes[0]?.writeEnd ?? "pipe", pipes[1]?.writeEnd ?? "pipe"],
  });
  const outputs = [pipes[0]?.readEnd ?? child.stdout, pipes[1]?.readEnd ?? child.stderr];
  const closed = Promise.all(
    outputs.map((output, index) => readLines(output, index === 0 ? "stdout" : "stderr", takeLine)),
  );
  const ended = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => {
      const exit = describeExit(code, signal);
      const timer = setTimeout(() => resolve(exit), drainMs);
      void closed.then(() => {
        clearTimeout(timer);
        resolve(exit);
      });
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
  } finally {
    await Promise.all(pipes.map(closeWriteEnd));
  }
  return { group: child.pid ?? 0, ended };
}

/** Resolves when the other end is closed and everything was read. */
function readLines(output: Readable | null, stream: "stdout" | "stderr", takeLine: TakeLine): Promise<void> {
  return new Promise((resolve) => {
    if (!output) return resolve();
    const splitter = new LineSplitter((line) => takeLine(stream, line));
    output.on("data", (chunk: Buffer) => splitter.write(chunk));
    output.once("close", () => {
      splitter.end();
      resolve();
    });
  });
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): Exit {
  if (signal === null) return { code: code ?? 1, reason: `exit ${code ?? 1}` };
  return { code: 128 + constants.signals[signal], reason: `killed by ${signal}` };
}

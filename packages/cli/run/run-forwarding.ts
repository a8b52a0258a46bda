import { spawn } from "node:child_process";
import { constants } from "node:os";
import { DevError, type ExecCommand } from "@drydock/core";

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a command with this process's own terminal, hands signals on to it, and returns its exit code; 128 + n when signal n ended it, as shells do.
 * @throws DevError CANNOT_RUN when the program cannot be started
 */
export function runForwarding(
  { command: [program = "", ...args], directory, environment }: ExecCommand,
  stdin: { readonly isTTY?: boolean },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, env: { ...environment }, stdio: "inherit" });
    const forward = (signal: NodeJS.Signals) => {
      // A terminal sends the interrupt to all that run on it: a second one would be a second keystroke.
      if (signal === "SIGINT" && stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    const settle = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.once("error", (cause) => {
      settle();
      reject(
        new DevError("CANNOT_RUN", `${program} cannot be run: ${cause.message}`, {
          hint: "Is it installed? A program of node_modules is run by npx: `dev test -- npx vitest run`.",
          cause,
        }),
      );
    });
    child.once("exit", (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

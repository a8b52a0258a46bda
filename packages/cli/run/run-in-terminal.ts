import { spawn } from "node:child_process";
import { constants } from "node:os";
import { DevError, type ExecCommand } from "@drydock/core";

/**
 * Runs a command with this process's own terminal and returns its exit code; 128 + n when signal n ended it, as shells do.
 * @throws DevError CANNOT_RUN when the program cannot be started
 */
export function runInTerminal({ command, directory, environment }: ExecCommand, hasTerminal = true): Promise<number> {
  const [program, ...args] = withTerminal(command, hasTerminal);
  if (program === undefined) throw new DevError("CANNOT_RUN", "There is no command to run.", { exitCode: 2 });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, env: { ...environment }, stdio: "inherit" });
    child.once("error", (cause) =>
      reject(new DevError("CANNOT_RUN", `${program} cannot be run: ${cause.message}`, { cause })),
    );
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** `docker exec -i` becomes `docker exec -i -t` where there is a terminal: only the client knows. */
function withTerminal(command: readonly string[], hasTerminal: boolean): readonly string[] {
  const at = command.findIndex((word, index) => word === "exec" && command[index + 1] === "-i");
  return hasTerminal && at > 0 ? [...command.slice(0, at + 1), "-t", ...command.slice(at + 1)] : command;
}

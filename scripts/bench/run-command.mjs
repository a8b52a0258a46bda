import { spawn } from "node:child_process";
import { interrupted } from "./interrupt.mjs";

/** Runs a command to its end; resolves to its milliseconds and its standard output. Rejects with its output when it fails. */
export function runCommand([program, ...args], { directory, variables }, signal = interrupted) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const child = spawn(program, args, {
      cwd: directory,
      env: variables,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      } catch {
        // The group has ended by itself.
      }
    };
    signal.addEventListener("abort", end, { once: true });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"])
      child[name].setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      const ms = performance.now() - startedAt;
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve({ ms, stdout: output.stdout });
      else {
        const command = [program, ...args].join(" ");
        reject(new Error(`${command} ended with ${code ?? killedBy}\n${output.stdout}${output.stderr}`));
      }
    });
  });
}

/** Milliseconds that a command takes. */
export async function time(command, options) {
  return (await runCommand(command, options)).ms;
}

/** Whether a command works here. */
export function works(...command) {
  return runCommand(command, {}, AbortSignal.timeout(10_000)).then(
    () => true,
    () => false,
  );
}

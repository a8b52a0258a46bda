// Times whole commands against each other: in turn A B A B, so that a machine that drifts drifts for both.
import { spawn } from "node:child_process";

/** Runs a command to its end; resolves to milliseconds. Rejects with its output when it fails. */
export function time([program, ...args], { directory, variables }) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, { cwd: directory, env: variables, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(performance.now() - startedAt)
        : reject(new Error(`${[program, ...args].join(" ")} exited with ${code}\n${output}`)),
    );
  });
}

/** Median, minimum and maximum. */
export function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1), runs: sorted.length };
}

/** `63 ms`, `4.4 s`. */
export function milliseconds(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/**
 * Runs commands one after the other, each with its name and time, up to the first that fails, whose output it shows.
 * `isLong`: it may take minutes, and shows its progress while it runs.
 *
 * @param {readonly { name: string, command: readonly string[], isLong?: boolean }[]} steps
 * @param {{ directory: string, write: (text: string) => void }} context
 * @returns {Promise<boolean>} whether all passed
 */
export async function runSteps(steps, { directory, write }) {
  const width = Math.max(...steps.map((step) => step.name.length));
  for (const { name, command, isLong = false } of steps) {
    write(isLong ? `${name} ...\n` : name.padEnd(width));
    const startedAt = performance.now();
    const { isPassed, output } = await run(command, directory, isLong ? write : () => undefined);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${isLong ? name.padEnd(width) : ""}  ${seconds} s  ${isPassed ? "ok" : "failed"}\n`);
    if (!isPassed) {
      write(`\n${command.join(" ")}\n${isLong ? "" : output}\n`);
      return false;
    }
  }
  return true;
}

/**
 * @param {readonly string[]} command
 * @param {string} directory
 * @param {(text: string) => void} onOutput
 * @returns {Promise<{ isPassed: boolean, output: string }>}
 */
function run([program = "", ...words], directory, onOutput) {
  const environment = {
    ...process.env,
    PATH: [join(directory, "node_modules/.bin"), process.env.PATH].join(delimiter),
    ...(process.stdout.isTTY ? { FORCE_COLOR: process.env.FORCE_COLOR ?? "1" } : {}),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: directory, env: environment, shell: process.platform === "win32" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        onOutput(text);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ isPassed: code === 0, output }));
  });
}

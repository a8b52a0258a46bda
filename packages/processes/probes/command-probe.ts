import { spawn } from "node:child_process";
import { debugVariable } from "@drydock/core";
import type { ProbeAnswer } from "../options.ts";
import { signalGroup } from "../process-group.ts";
import type { Probe } from "./probe.ts";

// Docker keeps the first 4 KB of a check's output (moby, maxOutputLen).
const longestOutput = 4096;

/** A health check as its author wrote it: ready at exit 0 (Compose Specification, healthcheck). */
export function commandProbe(
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>>,
): Probe {
  return { label: words.join(" "), check: (signal) => runCheck(words, directory, environment, signal) };
}

function runCheck(
  [program = "", ...words]: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const child = spawn(program, words, {
      cwd: directory,
      env: { ...environment, [debugVariable]: "" },
      detached: process.platform !== "win32",
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      if (output.length < longestOutput) output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const onAbort = () => {
      if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const answer = (isReady: boolean, detail: string) => {
      signal.removeEventListener("abort", onAbort);
      resolve({ isReady, detail });
    };
    child.once("error", (error) => answer(false, error.message));
    child.once("close", (code, killed) => {
      const text = output.trim().slice(0, longestOutput);
      if (code === 0) answer(true, text === "" ? "exit 0" : text);
      else answer(false, `${killed ? `killed by ${killed}` : `exit ${code}`}${text === "" ? "" : `: ${text}`}`);
    });
  });
}

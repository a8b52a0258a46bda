import { spawn } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { deserializeError } from "@drydock/core";
import { forwarderDidNotStart } from "../errors.ts";
import type { ForwarderBeginning, ForwarderRequest } from "./protocol.ts";

/**
 * Starts a forwarder that outlives this process, by `command`, to which its folder is added. Resolves when it holds its ports.
 * @throws DevError FORWARDER_DID_NOT_START, or its own
 */
export async function startForwarder(
  command: readonly string[],
  folder: string,
  request: ForwarderRequest,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const logPath = join(folder, "forwarder.log");
  const log = await open(logPath, "w", 0o600);
  const [program = "", ...words] = command;
  try {
    const child = spawn(program, [...words, folder], {
      cwd: folder,
      env: { ...variables },
      detached: true,
      stdio: ["ignore", log.fd, log.fd, "ipc"],
      windowsHide: true,
    });
    const failure = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) =>
        resolve(signal ? `it was ended by ${signal}` : `it exited with code ${code}`),
      );
    });
    child.send(request, () => undefined);
    const beginning = new Promise<ForwarderBeginning>((resolve) =>
      child.once("message", (message) => resolve(message as ForwarderBeginning)),
    );
    const answer = await Promise.race([beginning, failure]);
    if (child.connected) child.disconnect();
    child.unref();
    if (typeof answer === "string") throw forwarderDidNotStart(answer, await lastLines(logPath));
    if ("error" in answer) throw deserializeError(answer.error);
  } finally {
    await log.close();
  }
}

async function lastLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-10);
}

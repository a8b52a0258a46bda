import { serializeError } from "@drydock/core";
import { type ForwarderBeginning, type ForwarderRequest, runForwarder } from "@drydock/session";

/**
 * The hidden command that `dev container up` starts in the background: holds the forwarded ports of the dev container that its parent names in its
 * first message. Returns the exit code.
 */
export async function runForwarderProcess(args: readonly string[]): Promise<number> {
  const [folder] = args;
  if (folder === undefined || !process.send) return 2;
  process.title = "drydock ports of a dev container";
  const end = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end.abort());
  const tell = (beginning: ForwarderBeginning) => void process.send?.(beginning, () => undefined);
  const request = await new Promise<ForwarderRequest>((resolve) =>
    process.once("message", (message) => resolve(message as ForwarderRequest)),
  );
  const variables = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  try {
    await runForwarder(folder, request, variables, () => tell({ isListening: true }), end.signal);
    return 0;
  } catch (error) {
    tell({ error: serializeError(error) });
    throw error;
  }
}

import { probeMongo } from "./mongo/probe.ts";
import { probeRedis } from "./redis/probe.ts";

const pollMs = 50;
// A server on a copy of much data recovers it first.
const readyWithinMs = 120_000;

/** Resolves when a server on this machine answers. `sleep` waits between two questions. @throws Error with its last words after two minutes, the signal's reason */
export async function probeUntilReady(
  kind: "mongo" | "redis",
  uri: string,
  sleep: (ms: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { hostname, port } = new URL(uri);
  const address = { host: hostname, port: Number(port) };
  const end = performance.now() + readyWithinMs;
  for (;;) {
    const { isReady, detail } =
      kind === "redis" ? await probeRedis(address, signal) : await probeMongo(address, { isPrimary: false }, signal);
    if (isReady) return;
    if (performance.now() > end) throw new Error(`a server on a copy of the data did not become ready: ${detail}`);
    await sleep(pollMs);
  }
}

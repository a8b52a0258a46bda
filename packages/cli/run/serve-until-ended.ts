import type { Served } from "@drydock/session";

/** Waits for a signal, or for a client that ends the server; then stops it. */
export async function serveUntilEnded(served: Served, signal: AbortSignal): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([served.ended, interrupted]);
  await served.stop();
}

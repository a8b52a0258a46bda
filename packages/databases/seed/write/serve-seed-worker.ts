import { serializeError } from "@drydock/core";
import type { SeedPort, WorkerQuestion } from "./worker-protocol.ts";

/**
 * Answers a port: loads a dataset, makes its documents and writes them. Several ranges may be asked for at once: one is made while the one
 * before is on its way to the server. `loadDataset` runs the file; what it gives is looked at here.
 */
export function serveSeedWorker(port: SeedPort, loadDataset: (file: string) => Promise<unknown>): void {
  // The drivers are loaded by whoever writes, not by everyone who knows this package.
  const loading = import("./seed-worker.ts").then(({ SeedWorker }) => new SeedWorker(loadDataset));
  port.onMessage((message) => {
    // The other end of the protocol.
    const { id, method, body } = message as WorkerQuestion;
    loading
      .then((worker) => worker.answer(method, body))
      .then(
        (result) => port.postMessage({ id, result }),
        (error: unknown) => port.postMessage({ id, error: serializeError(error) }),
      );
  });
}

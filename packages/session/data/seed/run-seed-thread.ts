import { parentPort } from "node:worker_threads";
import { serveSeedWorker } from "@drydock/databases";
import { loadDataset } from "./load-dataset.ts";

/** Is a thread that makes documents, until it is ended. Apart from who starts it, so that a thread loads this and no more. */
export function runSeedThread(): void {
  const port = parentPort;
  if (!port) return;
  serveSeedWorker(
    { postMessage: (message) => port.postMessage(message), onMessage: (listener) => port.on("message", listener) },
    loadDataset,
  );
}

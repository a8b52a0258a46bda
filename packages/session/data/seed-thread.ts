import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parentPort, Worker } from "node:worker_threads";
import type { SeedThread } from "@drydock/databases";
import { loadDataset } from "./load-dataset.ts";

/** The argument that makes a thread of the program one that makes documents. */
export const seedThreadArgument = "__seed";

/** Starts a thread that makes documents. In the published program it is the program itself; from the sources, jiti runs this file. */
export function startSeedThread(): SeedThread {
  const worker = newWorker();
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on("message", listener),
    onEnd(listener) {
      worker.once("error", listener);
      worker.once("exit", (code) => listener(new Error(`its exit code is ${code}`)));
    },
    terminate: () => worker.terminate(),
  };
}

function newWorker(): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("main.js", import.meta.url), { argv: [seedThreadArgument] });
  const jiti = createRequire(import.meta.url).resolve("jiti");
  const file = JSON.stringify(fileURLToPath(import.meta.url));
  const code = `require(${JSON.stringify(jiti)}).createJiti(${file}).import(${file}).then((each) => each.runSeedThread())`;
  return new Worker(code, { eval: true });
}

/** Is such a thread, until it is ended. */
export async function runSeedThread(): Promise<void> {
  const { serveSeedWorker } = await import("@drydock/databases");
  const port = parentPort;
  if (!port) return;
  serveSeedWorker(
    { postMessage: (message) => port.postMessage(message), onMessage: (listener) => port.on("message", listener) },
    loadDataset,
  );
}

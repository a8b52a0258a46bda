import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { SeedThread } from "@drydock/databases";

/** The argument that makes a thread of the program one that makes documents. */
const seedThreadArgument = "__seed";

/** Starts a thread that makes documents. In the published program it is the program itself; from the sources, jiti runs the file of its work. */
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

// Documents die young, and in numbers: room for those of a few commands spares copying them. The rest is a dataset's own; V8 would take more
// before it collects, on a machine that has it.
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 192 };

function newWorker(): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("main.js", import.meta.url), { argv: [seedThreadArgument], resourceLimits });
  const jiti = createRequire(import.meta.url).resolve("jiti");
  const file = JSON.stringify(fileURLToPath(new URL("run-seed-thread.ts", import.meta.url)));
  const code = `require(${JSON.stringify(jiti)}).createJiti(${file}).import(${file}).then((each) => each.runSeedThread())`;
  return new Worker(code, { eval: true });
}

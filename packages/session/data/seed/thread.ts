import type { SeedThread } from "@drydock/databases";
import { startThread } from "../../start-thread.ts";

// Documents die young, and in numbers: room for those of a few commands spares copying them. The rest is a dataset's own; V8 would take more
// before it collects, on a machine that has it.
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 192 };

/** Starts a thread that makes documents. */
export function startSeedThread(): SeedThread {
  const source = new URL("run-seed-thread.ts", import.meta.url);
  const worker = startThread({ argument: "__seed", source, call: "runSeedThread" }, { resourceLimits });
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

import { log } from "./log.js";

// Compose waits for stop_grace_period and then kills. A service that is not done by now never will be.
const limitMs = 950;

const controller = new AbortController();

/** Aborted when the process was asked to stop: what would go on for ever ends here. */
export const stopping = controller.signal;

/** @type {{ what: string, stop: () => unknown }[]} */
const steps = [];

/** Says how to close something. On SIGTERM and SIGINT the last that was opened is closed first. @param {string} what @param {() => unknown} stop */
export function onShutdown(what, stop) {
  steps.unshift({ what, stop });
}

/** @param {NodeJS.Signals} signal */
async function shutDown(signal) {
  if (stopping.aborted) return;
  const started = performance.now();
  setTimeout(giveUp, limitMs);
  controller.abort();
  for (const { what, stop } of steps) {
    try {
      await stop();
    } catch (error) {
      log.warn(`${what} did not close cleanly`, { error });
    }
  }
  log.info("stopped", { signal, ms: Math.round(performance.now() - started) });
  process.exit(0);
}

function giveUp() {
  log.error(`not stopped after ${limitMs} ms, exiting anyway`);
  process.exit(1);
}

/** @param {unknown} error */
function crash(error) {
  log.error("crashed", { error });
  process.exit(1);
}

process.on("SIGTERM", shutDown);
process.on("SIGINT", shutDown);
process.on("uncaughtException", crash);

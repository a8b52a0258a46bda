// Ctrl-C ends what is measured, not the cleaning up: commands run in process groups of their own, which a terminal's Ctrl-C does not reach.
const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(name, () => {
    if (!controller.signal.aborted) console.error(`${name}: cleaning up`);
    controller.abort(new Error(`interrupted by ${name}`));
  });

/** Aborted once somebody wants this process to end. */
export const interrupted = controller.signal;

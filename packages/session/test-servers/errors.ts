import { DevError } from "@drydock/core";

/** Builds THREAD_ENDED (exit 1): the thread of the database servers is gone. */
export const threadEnded = (cause: unknown) =>
  new DevError("THREAD_ENDED", `The database servers have ended: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
    hint: "Start them anew; if it happens again, please report it with what the test does.",
  });

/** Builds DATA_AND_MEMORY (exit 2). */
export const dataAndMemory = (data: string) =>
  new DevError("DATA_AND_MEMORY", `\`memory: true\` keeps no data, and \`data\` names ${data} for it.`, {
    exitCode: 2,
    hint: "Leave one of them out.",
  });

/** Builds BAD_OPTION (exit 2). */
export const badOption = (call: string, name: string, what: string) =>
  new DevError("BAD_OPTION", `${call}: ${name} ${what}.`, { exitCode: 2 });

/** Builds RESET_OF_KEPT_DATA (exit 2): a folder that somebody named is not emptied. */
export const resetOfKeptData = (data: string) =>
  new DevError("RESET_OF_KEPT_DATA", `reset() removes all data, and \`data\` says that ${data} keeps it.`, {
    exitCode: 2,
    hint: "Start the server without `data`, or remove by hand what is to go.",
  });

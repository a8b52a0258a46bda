import { DevError } from "@drydock/core";

/** Builds REDIS_BROKEN_FILE (exit 1): a file cannot be read from that byte on. */
export const brokenFile = (path: string, offset: number, problem: string): DevError =>
  new DevError("REDIS_BROKEN_FILE", `${path} is broken at offset ${offset}: ${problem}.`, {
    hint: "Keep a copy of the folder. redis-check-aof --fix or redis-check-rdb of a Redis installation can say more; or restore a backup.",
  });

/** Builds REDIS_MISSING_FILE (exit 1): a manifest names a file that is not there. */
export const missingFile = (path: string, manifest: string): DevError =>
  new DevError("REDIS_MISSING_FILE", `${path} is missing, which ${manifest} names.`, {
    hint: "Restore the folder from a backup, or remove the manifest to begin without its data.",
  });

/** Builds REDIS_BROKEN_MANIFEST (exit 1): the list of append-only files cannot be read. */
export const brokenManifest = (path: string): DevError =>
  new DevError("REDIS_BROKEN_MANIFEST", `${path} is not a manifest of append-only files.`, {
    hint: "Restore the folder from a backup, or remove the manifest to begin without its data.",
  });

/** Builds REDIS_FOLDER_TAKEN (exit 1): another server uses this data folder. */
export const folderTaken = (folder: string, holder: string): DevError =>
  new DevError("REDIS_FOLDER_TAKEN", `The data folder ${folder} is used by ${holder}.`, {
    hint: "Stop that server, or give this one another folder.",
  });

/** Builds REDIS_FOLDER_UNUSABLE (exit 1): nothing can be written there. */
export const folderUnusable = (folder: string, cause: unknown): DevError =>
  new DevError(
    "REDIS_FOLDER_UNUSABLE",
    `Nothing can be written to the data folder ${folder}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    {
      hint: "Make it writable, or give another folder.",
      cause,
    },
  );

/** Builds REDIS_UNKNOWN_COMMAND (exit 1): the append-only file holds a command that this server does not have. */
export const unknownCommandInLog = (name: string): DevError =>
  new DevError(
    "REDIS_UNKNOWN_COMMAND",
    `The append-only file holds the command "${name}", which this server does not have.`,
    { hint: "Load the folder with the server that wrote it, and move its dump.rdb here." },
  );

/** Builds REDIS_TOO_FEW_DATABASES (exit 1): a key lies in a database that this server does not have. */
export const tooFewDatabases = (index: number, count: number): DevError =>
  new DevError("REDIS_TOO_FEW_DATABASES", `The data uses database ${index}; this server has ${count}.`, {
    hint: 'Raise the setting "databases".',
  });

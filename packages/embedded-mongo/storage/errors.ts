import { DevError } from "@drydock/core";

/** @throws nothing; builds MONGO_FOLDER_TAKEN (exit 1). */
export const folderTaken = (directory: string, holder: string): DevError =>
  new DevError("MONGO_FOLDER_TAKEN", `The data in ${directory} are in use by ${holder}.`, {
    hint: "Stop that server, connect to it, or give this one another folder.",
  });

/** @throws nothing; builds MONGO_FOLDER_NEWER (exit 1). */
export const folderIsNewer = (directory: string, found: number, known: number): DevError =>
  new DevError("MONGO_FOLDER_NEWER", `The data in ${directory} have format ${found}; this version knows ${known}.`, {
    hint: "Use the version that wrote them, or another folder. Nothing was changed.",
  });

/** @throws nothing; builds MONGO_FOLDER_UNUSABLE (exit 1). */
export const folderUnusable = (directory: string, cause: unknown): DevError =>
  new DevError(
    "MONGO_FOLDER_UNUSABLE",
    `The folder ${directory} cannot hold the data: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { hint: "It must be a folder that can be written, on a disk that is not full.", cause },
  );

import { DevError } from "@drydock/core";

/** Builds NOT_RUNNING_NOW (exit 3): only a server that runs can be read. */
export const notRunning = (services: readonly string[], purpose: string) =>
  new DevError(
    "NOT_RUNNING_NOW",
    `${services.join(" and ")} ${services.length === 1 ? "does" : "do"} not run: ${purpose}.`,
    {
      exitCode: 3,
      hint: "`dev up` starts it.",
    },
  );

/** Builds NO_PLACE_FOR (exit 2): the stack has no such server. */
export const noPlaceFor = (service: string, kind: string) =>
  new DevError("NO_PLACE_FOR", `The backup has the data of "${service}", and this stack has no ${kind} for it.`, {
    exitCode: 2,
    hint: "Nothing was changed. `--into mongodb://...` and `--into redis://...` name servers.",
  });

/** Builds NOTHING_SELECTED (exit 3). */
export const nothingSelected = (names: readonly string[], known: readonly string[]) =>
  new DevError("NOTHING_SELECTED", `The backup has no collection ${names.map((name) => `"${name}"`).join(" or ")}.`, {
    exitCode: 3,
    hint: `It has ${known.slice(0, 20).join(", ") || "none"}.`,
  });

/** Builds REMOTE_DATABASE (exit 2). */
export const remoteRestore = (host: string) =>
  new DevError("REMOTE_DATABASE", `${host} is not this machine, and no database of this project.`, {
    exitCode: 2,
    hint: `Nothing was changed. If it is meant, add --allow-remote ${host}.`,
  });

/** Builds BACKUP_FAILED (exit 1): the disk is full, of which this is known. */
export const noRoomForBackup = (cause: unknown, full: readonly string[]) =>
  new DevError("BACKUP_FAILED", "The backup was not made: the disk is full.", {
    cause,
    evidence: [
      cause instanceof Error ? cause.message.replace(/^The backup was not made: /, "") : String(cause),
      ...full,
    ],
    hint: "Nothing of it is left, and the backups that were there stay. Make room (`dev backup prune`, `dev snapshot rm`), or name another place: `--to`.",
  });

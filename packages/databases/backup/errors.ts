import { DevError, nearest } from "@drydock/core";

/** Builds BACKUP_DAMAGED (exit 1): a part is not what the manifest says. Nothing was changed. */
export const backupDamaged = (id: string, part: string, why: string, cause?: unknown) =>
  new DevError("BACKUP_DAMAGED", `The backup ${id} is damaged: ${part}: ${why}.`, {
    cause,
    hint: "Nothing was changed. Take another: `dev backup list` shows them, and which were verified.",
  });

/** Builds BACKUP_UNUSABLE (exit 1): its manifest cannot be used. */
export const backupUnusable = (id: string, problem: string) =>
  new DevError("BACKUP_UNUSABLE", `The backup ${id} cannot be used: ${problem}.`, {
    hint: "Nothing was changed. Take another: `dev backup list` shows them.",
  });

/** Builds BACKUP_EMPTY (exit 1): it is whole, and has nothing. */
export const backupEmpty = (id: string) =>
  new DevError("BACKUP_EMPTY", `The backup ${id} has no document and no key.`, {
    hint: "Nothing was changed: it would have left the databases empty. `dev down --volumes` does that.",
  });

/** Builds NOTHING_TO_BACK_UP (exit 1): an empty backup would push out those that have something. */
export const nothingToBackUp = (services: readonly string[]) =>
  new DevError("NOTHING_TO_BACK_UP", `There is nothing in ${services.join(" and ")} to back up.`, {
    hint: "No backup was made: one without data would only take the place of one that has some.",
  });

/** Builds NO_SUCH_BACKUP (exit 3). `id`: undefined for the newest that can be used. */
export const noSuchBackup = (id: string | undefined, known: readonly string[], place: string) => {
  const close = id === undefined ? undefined : nearest(id, known);
  const unusable = id === undefined && known.length > 0 ? " that can be used" : "";
  const none = known.length === 0 ? "`dev backup run` makes one." : "`dev backup list` shows why.";
  const which = id === undefined ? `backup${unusable}` : `backup "${id}"`;
  return new DevError("NO_SUCH_BACKUP", `There is no ${which} in ${place}.`, {
    exitCode: 3,
    hint: close
      ? `Did you mean "${close}"?`
      : id === undefined || known.length === 0
        ? none
        : `The newest is ${known.at(-1)}. \`dev backup list\` shows all.`,
  });
};

/** Builds BACKUP_KEY (exit 2): none of the identities opens it. */
export const wrongKey = (id: string, part: string, recipients: readonly string[]) =>
  new DevError("BACKUP_KEY", `No identity that was given opens the backup ${id} (${part}).`, {
    exitCode: 2,
    evidence: recipients.map((recipient) => `it is encrypted for ${recipient}`),
    hint: "Nothing was changed. Name the file with the right identity: `--identity FILE`.",
  });

/** Builds BACKUP_KEY (exit 2): it is encrypted, and no identity was given. */
export const needsKey = (id: string, recipients: readonly string[]) =>
  new DevError("BACKUP_KEY", `The backup ${id} is encrypted.`, {
    exitCode: 2,
    evidence: recipients.map((recipient) => `for ${recipient}`),
    hint: "Name the file that has the identity (AGE-SECRET-KEY-1...): `--identity FILE`, or DRYDOCK_AGE_IDENTITY.",
  });

/** Builds BAD_RECIPIENT (exit 2). */
export const badRecipient = (recipient: string, cause: unknown) =>
  new DevError("BAD_RECIPIENT", `"${recipient}" is no recipient of age.`, {
    exitCode: 2,
    cause,
    hint: "Write what `age-keygen` prints as the public key: age1...",
  });

/** Builds BAD_IDENTITY (exit 2): the file cannot be read, or has no identity. */
export const badIdentity = (file: string, cause?: unknown) =>
  new DevError(
    "BAD_IDENTITY",
    cause instanceof Error ? `${file} cannot be read: ${cause.message}` : `${file} has no identity of age.`,
    {
      exitCode: 2,
      cause,
      hint: "It is a file with a line that begins with AGE-SECRET-KEY-, as `age-keygen` writes it.",
    },
  );

/** Builds BACKUP_PLACE (exit 1): the folder or the store does not answer as it must. */
export const placeFailed = (place: string, what: string, cause: unknown) =>
  new DevError("BACKUP_PLACE", `${place}: ${what}: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
    hint: place.startsWith("s3:")
      ? "Credentials and region come from the usual places of AWS's tools (AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL)."
      : "Look whether the folder is there, and whether you may write to it.",
  });

/** Builds BAD_PLACE (exit 2). */
export const badPlace = (place: string) =>
  new DevError("BAD_PLACE", `"${place}" is no place for backups.`, {
    exitCode: 2,
    hint: "Write a folder, such as ~/backups/shop, or s3://bucket/prefix.",
  });

/** Builds BACKUP_FAILED (exit 1): nothing of it is listed. */
export const backupFailed = (cause: unknown) =>
  new DevError("BACKUP_FAILED", `The backup was not made: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
    hint: "Nothing of it is left, and the backups that were there stay.",
  });

/** Builds LOAD_FAILED (exit 1): a server did not take the data. */
export const loadFailed = (service: string, cause: unknown) =>
  new DevError("LOAD_FAILED", `"${service}" did not take the data: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
    hint: "Nothing was changed.",
  });

/** Builds LOAD_FAILED (exit 1): a server has all of the data, and not all of it in its place. */
export const placingFailed = (service: string, cause: Error) =>
  new DevError("LOAD_FAILED", `"${service}" did not put the data in its place: ${cause.message}`, {
    cause,
    hint: "It was loaded beside, all of it, and some of it is in its place: the same restore again brings it to its end.",
  });

/** Builds RESTORED_DIFFERS (exit 1): what was loaded is not what was backed up. */
export const restoredDiffers = (id: string, differences: readonly string[], outcome: string) =>
  new DevError("RESTORED_DIFFERS", `What was restored from ${id} is not what was backed up.`, {
    evidence: differences.slice(0, 20),
    hint: outcome,
  });

/** Builds NO_SUCH_BACKUP (exit 3): a path is nothing that mongodump has written. */
export const noForeignDump = (path: string) =>
  new DevError("NO_SUCH_BACKUP", `${path} is no dump of mongodump.`, {
    exitCode: 3,
    hint: "Name a backup (`dev backup list`), the folder that `mongodump --out` wrote, or the file of `mongodump --archive`.",
  });

import { DevError, nearest } from "@drydock/core";

/** Builds NO_DATABASES (exit 2). */
export const noDatabases = () =>
  new DevError("NO_DATABASES", "This stack has no MongoDB and no Redis.", {
    exitCode: 2,
    hint: "Snapshots, branches and backups are of services with the official images of mongo, redis or valkey.",
  });

/** Builds NO_DATA (exit 1): nothing was ever written. */
export const noData = (services: readonly string[]) =>
  new DevError("NO_DATA", `There is no data of ${services.join(", ")} yet.`, { hint: "`dev up` makes it." });

/** Builds NO_SUCH_SNAPSHOT (exit 3). `name`: undefined for the newest. */
export const noSuchSnapshot = (name: string | undefined, known: readonly string[]) => {
  if (name === undefined)
    return new DevError("NO_SUCH_SNAPSHOT", "There is no snapshot yet.", {
      exitCode: 3,
      hint: "`dev snapshot save` makes one.",
    });
  const close = nearest(name, known);
  const list = known.length === 0 ? "There is none yet: `dev snapshot save`." : `There are ${known.join(", ")}.`;
  return new DevError("NO_SUCH_SNAPSHOT", `There is no snapshot "${name}".`, {
    exitCode: 3,
    hint: close ? `Did you mean "${close}"?` : list,
  });
};

/** Builds SNAPSHOT_EXISTS (exit 2). */
export const snapshotExists = (name: string) =>
  new DevError("SNAPSHOT_EXISTS", `There is a snapshot "${name}" already.`, {
    exitCode: 2,
    hint: `Choose another name, or \`dev snapshot rm ${name}\` first.`,
  });

/** Builds BAD_NAME (exit 2): a name becomes a folder's. */
export const badName = (what: string, name: string) =>
  new DevError("BAD_NAME", `"${name}" cannot be the name of a ${what}.`, {
    exitCode: 2,
    hint: "Letters, digits, `.`, `_`, `/` and `-`, beginning with a letter or a digit, at most 80.",
  });

/** Builds OTHER_ENGINE (exit 2): a snapshot is made of files that only the same server reads. */
export const otherServer = (service: string, theirs: string, ours: string) =>
  new DevError("OTHER_SERVER", `The snapshot has the files of ${theirs}; "${service}" is ${ours} here.`, {
    exitCode: 2,
    hint: "Snapshots are a server's own files. `dev backup` moves data between kinds of servers.",
  });

/** What to do about a disk that is full. */
const makeRoom = "Make room: `dev snapshot list` shows how much snapshots hold, and `dev snapshot rm` removes them.";

/** Builds SNAPSHOT_FAILED (exit 1): nothing of it is left. `full`: what is known of a disk that is full. */
export const snapshotFailed = (cause: unknown, full: readonly string[] | undefined) =>
  new DevError("SNAPSHOT_FAILED", `The snapshot was not made: ${full ? "the disk is full." : wordsOf(cause)}`, {
    cause,
    evidence: full ? [wordsOf(cause), ...evidenceOf(cause), ...full] : [],
    hint: `Nothing of it is left, and the databases ${cause instanceof DevError ? "that run " : ""}take writes again.${full ? ` ${makeRoom}` : ""}`,
  });

/** Builds EXCHANGE_FAILED (exit 1): the old data is back. `full`: what is known of a disk that is full. */
export const exchangeFailed = (title: string, cause: unknown, full: readonly string[] | undefined) =>
  new DevError("EXCHANGE_FAILED", `The ${title} failed: ${full ? "the disk is full." : wordsOf(cause)}`, {
    cause,
    evidence: [...(full ? [wordsOf(cause)] : []), ...evidenceOf(cause), ...(full ?? [])],
    hint: `The data is what it was before.${full ? ` ${makeRoom}` : ""}`,
  });

/** Builds EXCHANGE_FAILED (exit 1): and then, neither did what was to bring the old data and its servers back. */
export const takingBackFailed = (failed: DevError, cause: unknown) =>
  new DevError("EXCHANGE_FAILED", failed.message, {
    cause,
    evidence: [
      ...failed.evidence,
      `Then, to bring the servers back on what was there: ${wordsOf(cause)}`,
      ...evidenceOf(cause).map((line) => `  ${line}`),
    ],
    hint: "Nothing is lost. When that is mended, `dev up` puts the data back and starts the servers.",
  });

/** Builds NO_SUCH_BRANCH (exit 3). */
export const noEarlierBranch = () =>
  new DevError("NO_SUCH_BRANCH", "There is no branch before this one.", {
    exitCode: 3,
    hint: "`dev branch NAME` makes one; `dev branch` lists them.",
  });

const evidenceOf = (cause: unknown): readonly string[] => (cause instanceof DevError ? cause.evidence : []);

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Builds NOT_RUNNING_NOW (exit 3): the data of now is asked of a server. */
export const notRunningNow = (service: string) =>
  new DevError("NOT_RUNNING_NOW", `"${service}" does not run, so that there is nothing to compare with.`, {
    exitCode: 3,
    hint: "`dev up` starts it; or name two snapshots.",
  });

/** Builds NO_SCRATCH_SERVER (exit 1): nothing here reads these files. */
export const noScratchServer = (service: string, provider: string) =>
  new DevError(
    "NO_SCRATCH_SERVER",
    `The data of "${service}" is the files of ${provider}: they cannot be compared yet.`,
    {
      hint: "Snapshots of the embedded servers, of programs on PATH and of containers can be.",
    },
  );

/** Builds SCRATCH_SERVER_FAILED (exit 1): it ended before it answered. */
export const scratchServerFailed = (provider: string, said: readonly string[]) =>
  new DevError(
    "SCRATCH_SERVER_FAILED",
    `${provider}, started on a copy of the data, ended: ${said.at(-1) ?? "it said nothing"}`,
    {
      evidence: said,
      hint: "Nothing was changed.",
    },
  );

/** Builds NO_CONTAINERS (exit 1): volumes are known by the containers that have them. */
export const noContainers = (services: readonly string[]) =>
  new DevError(
    "NO_CONTAINERS",
    `There is no container of ${services.join(", ") || "this project"} whose data could be reached.`,
    {
      hint: "`dev up` makes it.",
    },
  );

/** Builds SNAPSHOT_AWAY (exit 1): what is in a volume can be removed by its engine alone. */
export const snapshotAway = (ids: readonly string[]) =>
  new DevError(
    "SNAPSHOT_AWAY",
    `${ids.join(", ")} ${ids.length === 1 ? "lies" : "lie"} in a volume of Docker, and no engine answers.`,
    { hint: "Nothing was removed. Start the engine (`dev doctor` says how), then try again." },
  );

/** Builds NO_IMAGE (exit 1): the files of a volume are reached by a container. */
export const noHelperImage = (images: readonly string[]) =>
  new DevError("NO_IMAGE", "The volume of the snapshots is reached by a container, and none of its images is here.", {
    evidence: images,
    hint: `Nothing was removed. \`docker pull ${images[0] ?? "IMAGE"}\` brings one.`,
  });

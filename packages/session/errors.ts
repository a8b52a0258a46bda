import { dirname } from "node:path";
import { DevError, type Problem } from "@drydock/core";
import { projectFrames } from "./project-frames.ts";

/** Builds BAD_CONFIGURATION (exit 2), with every problem. */
export const badConfiguration = (problems: readonly Problem[]) => {
  const files = [...new Set(problems.map((problem) => problem.file))];
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new DevError("BAD_CONFIGURATION", `${files.join(", ")}: ${count}`, { problems, exitCode: 2 });
};

/** The same mistakes, found by `up`: what state things are in. */
export const nothingWasStarted = ({ code, message, problems, evidence, exitCode }: DevError) =>
  new DevError(code, message, { problems, evidence, exitCode, hint: "Nothing was started." });

/** Whether a person's files cannot be used as they are. */
export const isUnusable = (error: unknown): error is DevError =>
  error instanceof DevError && ["BAD_CONFIGURATION", "CONFIG_DOES_NOT_LOAD"].includes(error.code);

/** Whether there is no Compose file at all. */
export const isMissing = (error: unknown): boolean => error instanceof DevError && error.code === "NO_COMPOSE_FILE";

/** Builds NO_COMPOSE_FILE (exit 2). */
export const noComposeFile = (directory: string) =>
  new DevError("NO_COMPOSE_FILE", `There is no Compose file in ${directory} or above it.`, {
    exitCode: 2,
    hint: "Run `dev init` to make a stack here, or name a file with `-f FILE`.",
  });

/** Builds NO_SUCH_SERVICE (exit 3). */
export const noSuchService = (name: string, known: readonly string[], nearest: string | undefined) =>
  new DevError("NO_SUCH_SERVICE", `There is no service "${name}".`, {
    exitCode: 3,
    hint: nearest ? `Did you mean "${nearest}"?` : `The services are ${known.join(", ")}.`,
  });

/** Builds NOTHING_RUNS (exit 3). */
export const nothingRuns = () =>
  new DevError("NOTHING_RUNS", "Nothing of this project runs.", { exitCode: 3, hint: "`dev up` starts it." });

/** Builds NOT_MADE (exit 3): there is nothing that could be started again. */
export const notMade = (services: readonly string[]) =>
  new DevError("NOT_MADE", `${services.join(", ")}: there is nothing to start yet.`, {
    exitCode: 3,
    hint: `\`dev up ${services.join(" ")}\` makes it and starts it.`,
  });

/** Builds ENGINE_SWITCH (exit 2): what runs on one engine is not moved to another behind the user's back. */
export const engineSwitch = (running: string, wanted: string) =>
  new DevError("ENGINE_SWITCH", `The stack runs on the ${running} engine; the ${wanted} engine was asked for.`, {
    exitCode: 2,
    hint: `Run \`dev down\` first, then \`dev up --engine ${wanted}\`.`,
  });

/** Builds NO_DOCKER (exit 1), with each place that was tried. */
export const noDocker = (tried: readonly string[]) =>
  new DevError("NO_DOCKER", "No Docker engine answers.", {
    evidence: tried,
    hint: "Start Docker, or leave out `--engine docker`: the local engine needs no Docker. `dev doctor` says more.",
  });

/** Builds TAKEN_DOWN (exit 1): `down` came while the stack was coming up. */
export const takenDown = () =>
  new DevError("TAKEN_DOWN", "The stack was taken down while it came up: `dev down`, or its screen, stopped it.", {
    hint: "`dev up` starts it again.",
  });

/** Builds STOPPED_MEANWHILE (exit 1): a person stopped what was waited for. */
export const stoppedMeanwhile = (service: string) =>
  new DevError(
    "STOPPED_MEANWHILE",
    `${service} was stopped while it was waited for: \`dev stop\`, or the screen, did it.`,
    {
      hint: "What runs goes on. `dev up` starts it again, and what needs it.",
    },
  );

/** Builds UP_FAILED from the failures of several services; a single failure speaks for itself. */
export const upFailed = (failures: readonly { readonly name: string; readonly error: DevError }[], others: number) =>
  new DevError(
    "UP_FAILED",
    `${failures.length} services did not come up: ${failures.map(({ name }) => name).join(", ")}.`,
    {
      evidence: failures.flatMap(({ error }) => [
        error.message,
        ...error.evidence.map((line) => `  ${line}`),
        ...(error.hint ? [`  ${error.hint}`] : []),
      ]),
      hint: `${others > 0 ? "The other services are up. " : ""}\`dev up\` tries again.`,
    },
  );

/** Builds LEFT_BEHIND (exit 1): `down` could not remove everything. */
export const leftBehind = (labels: readonly string[]) =>
  new DevError("LEFT_BEHIND", "Some of the project is still there.", {
    evidence: labels,
    hint: "Run `dev down` again; `dev doctor` says what holds it.",
  });

/** A notice: the log store refuses what services say. */
export const unstoredLines = (folder: string, cause: unknown) => ({
  message: `What services say cannot be stored in ${folder}: ${cause instanceof Error ? cause.message : cause}.`,
  hint: "It is shown, and is not there later. Make room: `dev doctor` says how much is free.",
});

/** Builds DISK_FULL (exit 1). `room`: how much is free, as a sentence. */
export const diskFull = (folder: string, room: readonly string[], cause: Error) =>
  new DevError("DISK_FULL", `The disk of ${folder} is full.`, {
    cause,
    evidence: [cause.message, ...room],
    hint: "Make room, and start it again: `dev snapshot rm` removes snapshots, `docker system prune` what Docker does not need.",
  });

/** Builds TIMED_OUT (exit 4). */
export const timedOut = (what: string, timeoutMs: number) =>
  new DevError("TIMED_OUT", `${what} took longer than ${timeoutMs / 1000} s.`, {
    exitCode: 4,
    hint: "`dev status` says what each service waits for.",
  });

/** Builds SUPERVISOR_VERSION (exit 1): client and supervisor speak different protocols. */
export const supervisorVersion = (theirs: string, ours: string) =>
  new DevError("SUPERVISOR_VERSION", `The supervisor of this project is drydock ${theirs}; this is drydock ${ours}.`, {
    hint: "Run `dev down`, which ends the old supervisor, then `dev up`.",
  });

/** Builds SUPERVISOR_DID_NOT_START (exit 1). */
export const supervisorDidNotStart = (reason: string, log: readonly string[]) =>
  new DevError("SUPERVISOR_DID_NOT_START", `The supervisor did not start: ${reason}`, {
    evidence: log.filter((line) => line.trim() !== ""),
    hint: "`dev doctor` looks at what this machine may lack: room on the disk, rights, a newer Node.",
  });

/** Builds SUPERVISOR_ENDED (exit 1): the connection broke before the answer. */
export const supervisorEnded = (cause: unknown) =>
  new DevError("SUPERVISOR_ENDED", "The supervisor ended before it answered.", {
    cause,
    hint: "Local services ended with it. `dev up` starts again; .dev/supervisor.log has its last words.",
  });

/** Builds SOCKET_FOLDER (exit 1): the folder for sockets belongs to somebody else, or others may enter it. */
export const socketFolderIsNotOurs = (folder: string) =>
  new DevError("SOCKET_FOLDER", `${folder} belongs to another user, or others may enter it.`, {
    hint: "Remove it, or set TMPDIR to a folder of your own.",
  });

/** Builds STATE_FOLDER (exit 1). `owner` is undefined on a file system that is read-only. */
export const stateFolderRefused = (
  directory: string,
  { refusing, owner, user }: { refusing: string; owner: number | undefined; user: { username: string; uid: number } },
  cause: unknown,
) =>
  new DevError("STATE_FOLDER", `${directory} cannot be written: what dev keeps of this project has no place.`, {
    cause,
    evidence: [
      owner === undefined
        ? `${refusing} is read-only here.`
        : `${refusing} belongs to user ${owner}; this is ${user.username} (${user.uid}).`,
    ],
    hint:
      owner === undefined
        ? "Mount the project so that it can be written, or work on a copy of it."
        : `Give it to this user (sudo chown -R ${user.uid} ${refusing}), or, in a dev container, set "remoteUser" to the user it belongs to.`,
  });

/** Builds CONFIG_DOES_NOT_LOAD (exit 2): the file is no module, or what it runs fails; with the places in the project where it does. */
export const configDoesNotLoad = (file: string, cause: unknown): DevError => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = "", ...rest] = message.replace(/^\w*Error: /, "").split("\n");
  const frames = cause instanceof Error ? projectFrames(cause.stack, dirname(file)) : [];
  return new DevError("CONFIG_DOES_NOT_LOAD", `${file} cannot be loaded: ${first.trimEnd()}`, {
    exitCode: 2,
    evidence: [...rest.filter((line) => line.trim() !== "").slice(0, 6), ...frames.map((place) => `at ${place}`)],
    hint: "Correct it, or run it with --debug for the stack.",
    cause,
  });
};

/** Builds EXEC_FAILED (exit 1): a command of a watch rule failed in a container. */
export const execFailed = (service: string, command: readonly string[], said: string): DevError =>
  new DevError("EXEC_FAILED", `${command.join(" ")} failed in "${service}".`, {
    evidence: said
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(-8),
    hint: "The service goes on as it was. The next save tries again.",
  });

/** Builds AFTER_FAILED (exit 1): a command of a reload rule failed on this machine. */
export const afterFailed = (run: string, said: string): DevError =>
  new DevError("AFTER_FAILED", `\`${run}\` failed.`, {
    evidence: said
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(-8),
    hint: "What runs goes on as it was. The next save tries again.",
  });

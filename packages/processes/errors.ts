import { existsSync } from "node:fs";
import { DevError } from "@drydock/core";
import type { Launch } from "./launch.ts";

/** Builds CANNOT_START (exit 1): the system refused to start the program. */
export function cannotStart(service: string, launch: Launch, cause: unknown): DevError {
  const [program] = launch.command;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (!existsSync(launch.directory)) {
    return new DevError("CANNOT_START", `"${service}" cannot start: its folder ${launch.directory} does not exist.`, {
      hint: `Create it, or correct working_dir, build or volumes of "${service}" in the Compose file.`,
      cause,
    });
  }
  const why =
    code === "ENOENT" ? "is not a program on this machine" : code === "EACCES" ? "may not be executed" : String(cause);
  return new DevError("CANNOT_START", `"${service}" cannot start: ${program} ${why}.`, {
    hint: `Install ${program}, or write under "${service}" in the Compose file what to run instead: x-dev: { run: "..." }.`,
    evidence: [`command: ${launch.command.join(" ")}`, `in: ${launch.directory}`],
    cause,
  });
}

/** Builds STILL_RUNNING (exit 1): even SIGKILL did not end it. */
export const stillRunning = (service: string, group: number): DevError =>
  new DevError("STILL_RUNNING", `"${service}" does not end: process group ${group} is still there after SIGKILL.`, {
    hint: `It probably waits for a disk or a network file system. Look with: ps -o pid,stat,wchan,command -g ${group}`,
  });

/** Builds PORT_TAKEN (exit 1). `holder` names who has the port. */
export const portTaken = (port: number, service: string, holder: string): DevError =>
  new DevError("PORT_TAKEN", `Port ${port}, wanted by "${service}", is held by ${holder}.`, {
    hint: `Stop it, give "${service}" another port in the Compose file, or remove x-dev.pin so that the port may move.`,
  });

/** Builds NOT_RUNNING (exit 1): a command needs an instance that runs. */
export const notRunning = (label: string): DevError =>
  new DevError("NOT_RUNNING", `"${label}" is not running.`, { hint: `Start it with: dev up ${label.split(".")[0]}` });

/** Builds NOT_READY (exit 1): why a service did not become ready, with the end of its log. */
export function notReady(
  label: string,
  why: string,
  lastLines: readonly string[],
  cause: string | undefined,
): DevError {
  const service = label.split(".")[0];
  const hint = cause ? `likely: ${cause} Then: dev restart ${service}` : `Read its log: dev logs ${service}`;
  return new DevError("NOT_READY", `${label} did not become ready: ${why}.`, { evidence: lastLines, hint });
}

/**
 * Builds NOTHING_TO_RUN (exit 2): an image alone cannot be run without a container engine, and what is built needs a command. `missing` is the
 * Dockerfile that is not there.
 */
export const nothingToRun = (service: string, image: string | undefined, missing?: string): DevError =>
  new DevError(
    "NOTHING_TO_RUN",
    image === undefined || missing !== undefined
      ? `"${service}" has no command: neither x-dev.run, nor command, nor ${missing === undefined ? "a Dockerfile with CMD" : `a Dockerfile: there is no ${missing}`}.`
      : `"${service}" is the image ${image}, which only a container engine can run.`,
    {
      exitCode: 2,
      hint: `Write under "${service}" what runs it on this machine, x-dev: { run: "..." }, or start Docker and run the same command again.`,
    },
  );

/** Builds PROVIDER_MISSING (exit 1): no program of this machine can stand in for the image. `tried` are sentences. */
export const providerMissing = (service: string, title: string, tried: readonly string[], install: string): DevError =>
  new DevError("PROVIDER_MISSING", `"${service}" needs ${title}, and there is none on this machine.`, {
    evidence: tried,
    hint: `${install}, or name the program under "${service}": x-dev: { provider: /path/to/it }, or start Docker.`,
  });

/** Builds MONGO_USERS_UNSUPPORTED (exit 2): the image would create a user; a bare mongod does not. */
export const mongoUsersUnsupported = (service: string): DevError =>
  new DevError(
    "MONGO_USERS_UNSUPPORTED",
    `"${service}" asks for a first user with MONGO_INITDB_ROOT_USERNAME, which only its image makes; a mongod program on this machine would run without it.`,
    {
      exitCode: 2,
      hint: `Leave MONGO_INITDB_ROOT_* out for development (the server listens on 127.0.0.1 only), write under "${service}" x-dev: { provider: embedded } for the server of ours that makes the user, or run with Docker: dev up --engine docker`,
    },
  );

/** Builds INSTALL_FAILED (exit 1), with the end of the package manager's output. */
export const installFailed = (command: string, folder: string, lines: readonly string[]): DevError =>
  new DevError("INSTALL_FAILED", `\`${command}\` failed in ${folder}.`, {
    evidence: lines,
    hint: `Run it there by hand to see all of it: cd ${folder} && ${command}`,
  });

/** Builds NGINX_CONFIGURATION (exit 2): nginx refused the configuration; `place` is in the file that a person edits. */
export const nginxConfiguration = (
  service: string,
  place: string,
  words: string,
  output: readonly string[],
): DevError =>
  new DevError("NGINX_CONFIGURATION", `"${service}": nginx does not take its configuration: ${place}${words}`, {
    exitCode: 2,
    evidence: output,
    hint: `Correct it, then: dev restart ${service}`,
  });

/** Builds CANNOT_PREPARE from the failures of several services, by name; a single one, and a bug among them, speaks for itself. */
export function cannotPrepare(failures: ReadonlyMap<string, unknown>): unknown {
  const [first] = failures.values();
  const bug = [...failures.values()].find((error) => !(error instanceof DevError));
  if (bug !== undefined) return bug;
  if (failures.size === 1) return first instanceof DevError ? nothingStarted(first) : first;
  const known = [...failures.values()].filter((error) => error instanceof DevError);
  return new DevError(
    "CANNOT_PREPARE",
    `${known.length} services cannot run on this machine: ${[...failures.keys()].join(", ")}.`,
    {
      exitCode: known.some((error) => error.exitCode === 2) ? 2 : 1,
      evidence: known.flatMap((error) => [
        error.message,
        ...error.evidence.map((line) => `  ${line}`),
        ...(error.hint === undefined ? [] : [`  ${error.hint}`]),
      ]),
      hint: "Nothing was started.",
    },
  );
}

/** The same error, with the state that things are in. */
function nothingStarted(error: DevError): DevError {
  const { code, message, problems, evidence, exitCode, hint } = error;
  const state = "Nothing was started.";
  return new DevError(code, message, {
    problems,
    evidence,
    exitCode,
    hint: hint === undefined ? state : `${hint}\n${state}`,
    cause: error,
  });
}

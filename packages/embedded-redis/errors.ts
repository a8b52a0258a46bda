import { DevError } from "@drydock/core";

/** Builds REDIS_CANNOT_LISTEN (exit 1): the server cannot listen there. */
export const cannotListen = (host: string, port: number, cause: unknown): DevError =>
  new DevError("REDIS_CANNOT_LISTEN", `The embedded Redis cannot listen on ${host}:${port}: ${String(cause)}.`, {
    hint: "Stop what uses that port, or give another one; port 0 takes any that is free.",
    cause,
  });

/** Builds REDIS_NEEDS_PASSWORD (exit 2): other machines could reach a server that asks for nothing. */
export const needsPassword = (host: string): DevError =>
  new DevError("REDIS_NEEDS_PASSWORD", `The embedded Redis does not listen on ${host} without a password.`, {
    exitCode: 2,
    hint: "Give a password, or listen on 127.0.0.1.",
  });

/** Builds REDIS_BAD_SETTING (exit 2): a setting was refused. */
export const badSetting = (message: string): DevError =>
  new DevError("REDIS_BAD_SETTING", `The embedded Redis does not take a setting: ${message}.`, { exitCode: 2 });

import { DevError } from "@drydock/core";

/** @throws nothing; builds MONGO_NEEDS_PASSWORD (exit 2). */
export const needsPassword = (host: string): DevError =>
  new DevError("MONGO_NEEDS_PASSWORD", `The embedded MongoDB does not listen on ${host} without a password.`, {
    hint: "Everyone who reaches that address could read and change the data. Give a user and a password, or listen on 127.0.0.1.",
    exitCode: 2,
  });

/** @throws nothing; builds MONGO_CANNOT_LISTEN (exit 1). */
export const cannotListen = (host: string, port: number, cause: Error): DevError =>
  new DevError("MONGO_CANNOT_LISTEN", `The embedded MongoDB cannot listen on ${host}:${port}: ${cause.message}.`, {
    hint: "Choose another port, or 0 for a free one.",
    cause,
  });

/** @throws nothing; builds MONGO_SET_NAME (exit 2). */
export const needsSetName = (): DevError =>
  new DevError("MONGO_SET_NAME", "The embedded MongoDB's replica set needs a name that is not empty.", { exitCode: 2 });

/** @throws nothing; builds MONGO_BAD_PARAMETER (exit 2). */
export const badParameters = (problems: readonly string[]): DevError =>
  new DevError(
    "MONGO_BAD_PARAMETER",
    `The embedded MongoDB cannot take these parameters:\n  ${problems.join("\n  ")}`,
    {
      hint: "Correct them after --setParameter, or leave them out.",
      exitCode: 2,
    },
  );

import { DevError } from "@drydock/core";

/** Builds NOT_DEBUGGABLE (exit 1): a service that runs no Node program of its own. */
export const notDebuggable = (service: string, what: string) =>
  new DevError("NOT_DEBUGGABLE", `"${service}" ${what}: there is no Node program to debug.`, {
    hint: "`dev debug` is for services that Node runs.",
  });

/** Builds NO_INSPECTOR (exit 1): nothing listened for a debugger, and everything is as it was before. `programs`: what was seen to run instead of Node; empty where Node was. */
export const noInspector = (service: string, programs: readonly string[], lines: readonly string[]) =>
  new DevError(
    "NO_INSPECTOR",
    `No Node program of "${service}" listens for a debugger${programs.length > 0 ? `: it runs ${programs.join(" and ")}` : ""}. It is started again as before.`,
    {
      evidence: lines,
      hint: "Only what Node runs can be debugged so, and a command that sets NODE_OPTIONS itself hides ours from it.",
    },
  );

/** Builds NO_DEBUG_PORT (exit 1): the ports that the debugger would use are taken. */
export const noDebugPort = (port: number, count: number) =>
  new DevError(
    "NO_DEBUG_PORT",
    count === 1
      ? `Port ${port} is taken.`
      : `Of the ports ${port} to ${port + count - 1}, one for each replica, some are taken.`,
    { hint: "Name another one with --port, or leave it out: the next free one is taken then." },
  );

/** Builds BAD_LAUNCH_FILE (exit 1): a launch.json that is no JSON with comments. */
export const badLaunchFile = (path: string, reason: string) =>
  new DevError("BAD_LAUNCH_FILE", `${path} cannot be changed: ${reason}.`, {
    hint: "Correct it, or take the configuration from the output of `dev debug` without --write.",
  });

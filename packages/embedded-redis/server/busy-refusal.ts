import type { RunningScript } from "../scripting/running-script.ts";

/** The error for everything that may not run beside a slow script. */
export function busyRefusal({ kind }: RunningScript): string {
  const kill = kind === "script" ? "SCRIPT KILL" : "FUNCTION KILL";
  return `BUSY Redis is busy running a script. You can only call ${kill} or SHUTDOWN NOSAVE.`;
}

import type { ProtocolVersion } from "../resp/encode.ts";
import type { Reply } from "../resp/reply.ts";

/** How a script reaches the server; each run has its own. */
export interface ScriptCalls {
  /** Runs one command for the script. Errors are replies; `name` is in `args[0]`. */
  run(args: readonly string[]): Reply;
  /** Whether the user of this run may run the command; undefined for a command that does not exist. */
  mayRun(args: readonly string[]): boolean | undefined;
  /** Sets the protocol version by which replies are made. */
  useProtocol(protocol: ProtocolVersion): void;
  log(level: number, text: string): void;
  /** True once the script changed data: then it cannot be killed. */
  readonly hasWritten: boolean;
}

/** The script that runs now. */
export interface RunningScript {
  readonly kind: "script" | "function";
  /** The sha of a script, the name of a function: what error messages call it. */
  readonly name: string;
  /** The command and its arguments, for FUNCTION STATS. */
  readonly command: readonly string[];
  readonly calls: ScriptCalls;
  protocol: ProtocolVersion;
  /** `performance.now()` */
  readonly startedAt: number;
  /** Set by SCRIPT KILL, FUNCTION KILL, or the time limit: what the script ends with. */
  killedBy: string | undefined;
  /** It runs for longer than `busy-reply-threshold`: other clients get BUSY. */
  isBusy: boolean;
}

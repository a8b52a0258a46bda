import type { ClientProgram } from "@drydock/session";

/** What a command sees of the world outside. */
export interface CommandContext {
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly program: ClientProgram;
  /** Aborted at the first SIGINT or SIGTERM that no command has taken over. */
  readonly signal: AbortSignal;
  /** Lets a command decide what an interrupt means; returns what gives it back. */
  onInterrupt(handler: () => void): () => void;
  /** Takes over SIGHUP, which otherwise ends the program as a terminal's end does. */
  onHangup(handler: () => void): void;
}

/** A terminal that a person sits at: both ways a TTY, not in CI, not dumb. */
export function isInteractive(context: CommandContext): boolean {
  const { TERM } = context.variables;
  return Boolean(context.stdin.isTTY && context.stdout.isTTY) && !isInCi(context) && TERM !== "dumb";
}

/** A build server runs this, by the custom of the variable CI. */
export function isInCi({ variables }: CommandContext): boolean {
  return isSet(variables.CI);
}

/** Colour by the customs of NO_COLOR (no-color.org) and FORCE_COLOR, else when the stream is a terminal. */
export function hasColour(context: CommandContext, stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = context.variables;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return Boolean(stream.isTTY) && TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

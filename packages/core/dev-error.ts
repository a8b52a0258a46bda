/** Exit codes of `dev`, a contract: 0 done; 1 failed; 2 bad usage or configuration; 3 a named thing does not exist; 4 timed out; 130 interrupted. */
export type ExitCode = 1 | 2 | 3 | 4 | 130;

/** What a `DevError` may add to its code and message. */
export interface DevErrorDetails {
  /** What to do next, as a sentence. */
  readonly hint?: string;
  readonly exitCode?: ExitCode;
  /** Every mistake found in the input, in file order. */
  readonly problems?: readonly Problem[];
  /** Lines that show it: the end of a log, a command's output. */
  readonly evidence?: readonly string[];
  readonly cause?: unknown;
}

/** One mistake in a file that a person wrote. `line` and `column` count from 1; 0 where the file has no such place. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters from `column` on are wrong, for the underline. */
  readonly length: number;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
  /** The text of that line. */
  readonly excerpt?: string;
}

/** An error that speaks to a person. Whatever else reaches the top is a bug of ours. */
export class DevError extends Error {
  override readonly name = "DevError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  readonly evidence: readonly string[];

  constructor(code: string, message: string, details: DevErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? 1;
    this.problems = details.problems ?? [];
    this.evidence = details.evidence ?? [];
  }
}

/** A `DevError` as data, so that it crosses the supervisor's socket and comes out the same. */
export interface SerializedError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  readonly evidence: readonly string[];
  /** Present only for errors that are our bugs. */
  readonly stack?: string;
}

/** Turns anything thrown into data. An error that is not a `DevError` becomes code BUG and keeps its stack. */
export function serializeError(error: unknown): SerializedError {
  if (error instanceof DevError) {
    const { code, message, hint, exitCode, problems, evidence } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }), exitCode, problems, evidence };
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  return {
    code: "BUG",
    message: bug.message,
    exitCode: 1,
    problems: [],
    evidence: [],
    ...(bug.stack === undefined ? {} : { stack: bug.stack }),
  };
}

/** The opposite of `serializeError`; a bug comes back as a plain `Error` with the stack of where it happened. */
export function deserializeError(data: SerializedError): Error {
  if (data.code !== "BUG") return new DevError(data.code, data.message, data);
  const bug = new Error(data.message);
  if (data.stack !== undefined) bug.stack = data.stack;
  return bug;
}

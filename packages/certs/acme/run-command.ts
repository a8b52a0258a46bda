import { execa } from "execa";

/** How a command of the team ended. */
export interface CommandEnd {
  /** `exit 3`, `not found`; undefined when it did what it should. */
  readonly failure: string | undefined;
  /** The end of what it said. */
  readonly said: readonly string[];
}

// A command that asks a provider of DNS answers in seconds; one that hangs must not hold a renewal for ever.
const patienceMs = 300_000;

/** Runs words as a program in a directory, without a shell and without a terminal. Never rejects. */
export async function runCommand(
  words: readonly string[],
  directory: string,
  signal: AbortSignal | undefined,
): Promise<CommandEnd> {
  const [program = "", ...rest] = words;
  const result = await execa(program, rest, {
    cwd: directory,
    reject: false,
    all: true,
    stdin: "ignore",
    timeout: patienceMs,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  const said = (result.all ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-10);
  if (!result.failed) return { failure: undefined, said };
  if (result.timedOut) return { failure: "it took longer than 5 minutes", said };
  if (result.code === "ENOENT") return { failure: `there is no program ${program}`, said };
  if (result.code === "EACCES") return { failure: `${program} may not be executed (chmod +x)`, said };
  return { failure: result.exitCode === undefined ? result.shortMessage : `exit ${result.exitCode}`, said };
}

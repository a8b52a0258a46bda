import { DevError } from "@drydock/core";
import { connectOrStart, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { runInTerminal } from "./run-in-terminal.ts";

/** What `dev exec` was asked for besides the stack. */
export interface ExecFlags {
  readonly index?: string;
  readonly env?: readonly string[];
  /** False with `-T`: no terminal, as Compose's flag. */
  readonly tty: boolean;
}

/** Runs a command inside a service and returns its exit code. @throws DevError NOT_RUNNING, NO_SUCH_SERVICE, BAD_VARIABLE */
export async function runExec(
  context: CommandContext,
  source: StackSource,
  service: string,
  words: readonly string[],
  flags: ExecFlags,
): Promise<number> {
  const supervisor = await connectOrStart(source, context.program);
  await supervisor.attach(source, context.signal);
  const command = await supervisor.exec(
    {
      service,
      ...(flags.index === undefined ? {} : { number: Number(flags.index) }),
      command: words.length > 0 ? words : ["sh"],
      environment: Object.fromEntries(
        (flags.env ?? []).map((assignment) => parseAssignment(assignment, context.variables)),
      ),
    },
    context.signal,
  );
  // The command gets the terminal's signals itself; dev waits for it.
  const release = context.onInterrupt(() => undefined);
  try {
    return await runInTerminal(command, flags.tty && Boolean(context.stdin.isTTY && context.stdout.isTTY));
  } finally {
    release();
  }
}

function parseAssignment(text: string, variables: Readonly<Record<string, string>>): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 && text !== "") return [text, variables[text] ?? ""];
  throw new DevError("BAD_VARIABLE", `--env ${text} has no name.`, { exitCode: 2, hint: "Write --env NAME=VALUE." });
}

import { DevError } from "@drydock/core";
import { closest, distance } from "fastest-levenshtein";
import type { AddCommand } from "../add-command.ts";
import { stackSource } from "../stack-options.ts";

/** `dev` alone: the state, or help where there is no stack. Anything else that is no command is a typing mistake. */
export const addDefault: AddCommand = (program, context) => {
  program
    .helpCommand(true)
    .allowExcessArguments()
    .action(async () => {
      const [word] = program.args;
      if (word !== undefined)
        throw unknownCommand(
          word,
          program.commands.map((command) => command.name()),
        );
      const source = stackSource(context, program);
      const { findStateFolder } = await import("@drydock/session");
      if (!findStateFolder(source)) return program.outputHelp();
      const { runStatus } = await import("../run/run-status.ts");
      await runStatus(context, source, {});
    });
};

function unknownCommand(word: string, known: readonly string[]): DevError {
  const nearest = closest(word, known);
  const isNear = distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 2));
  return new DevError("UNKNOWN_COMMAND", `There is no command "${word}".`, {
    exitCode: 2,
    hint: isNear ? `Did you mean \`dev ${nearest}\`?` : "`dev --help` lists them.",
  });
}

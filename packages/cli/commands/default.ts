import { DevError, nearest } from "@drydock/core";
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
  const meant = nearest(word, known);
  return new DevError("UNKNOWN_COMMAND", `There is no command "${word}".`, {
    exitCode: 2,
    hint: meant ? `Did you mean \`dev ${meant}\`?` : "`dev --help` lists them.",
  });
}

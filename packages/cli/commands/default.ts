import type { AddCommand } from "../add-command.ts";
import { stackSource } from "../stack-options.ts";
import { unknownCommand } from "../unknown-command.ts";

/** `dev` alone: the state, or help where there is no stack. Anything else that is no command is a typing mistake. */
export const addDefault: AddCommand = (program, context) => {
  program
    .helpCommand(false)
    .allowExcessArguments()
    .action(async () => {
      const [word] = program.args;
      if (word !== undefined)
        throw unknownCommand(
          word,
          program.commands.map((command) => command.name()),
        );
      const source = stackSource(context, program);
      const { findRunningFolder } = await import("@drydock/session");
      if (!findRunningFolder(source)) return program.outputHelp();
      const { runStatus } = await import("../run/run-status.ts");
      await runStatus(context, source, {});
    });
};

import { Argument, type Command } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CompletableCommand } from "../output/completion-script.ts";

/** `dev completion`: a script that completes commands, flags and services in a shell. */
export const addCompletion: AddCommand = (program, context) => {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .description("Print a completion script for a shell")
    .addHelpText("after", '\nExample:\n  eval "$(dev completion bash)"')
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const { completionScript } = await import("../output/completion-script.ts");
      context.stdout.write(completionScript(shell, program.commands.map(completable)));
    });
};

function completable(command: Command): CompletableCommand {
  return {
    name: command.name(),
    description: command.description(),
    flags: command.options.flatMap((option) => [option.short, option.long].filter((flag) => flag !== undefined)),
    takesServices: command.registeredArguments.some((argument) => argument.name().startsWith("service")),
    subcommands: command.commands.map(completable),
  };
}

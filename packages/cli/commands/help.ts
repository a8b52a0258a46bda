import type { Command } from "commander";
import type { AddCommand } from "../add-command.ts";
import { unknownCommand } from "../unknown-command.ts";

/** `dev help`: what `--help` shows, of the program or of the command that the words name, as deep as commands go. */
export const addHelp: AddCommand = (program) => {
  program
    .command("help")
    .argument("[command...]", "the command")
    .description("Show the help of a command")
    .addHelpText("after", "\nExample:\n  dev help snapshot save")
    // `dev help up --json` asks about `dev up --json`.
    .allowUnknownOption()
    .action((words: string[]) => {
      let command: Command = program;
      let path = "dev";
      for (const word of words.filter((each) => !each.startsWith("-"))) {
        // What follows a command that has none below it is that command's arguments.
        if (command.commands.length === 0) break;
        const found = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
        if (!found && command.registeredArguments.length > 0) break;
        if (!found)
          throw unknownCommand(
            word,
            command.commands.map((each) => each.name()),
            path,
          );
        command = found;
        path = `${path} ${found.name()}`;
      }
      command.help();
    });
};

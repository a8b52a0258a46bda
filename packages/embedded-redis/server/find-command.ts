import type { Command } from "../commands/command.ts";

type Commands = ReadonlyMap<string, Command>;

/** The command, or the subcommand, that these arguments name; undefined for none. */
export function findCommand(commands: Commands, args: readonly string[]): Command | undefined {
  const name = args[0] ?? "";
  const command = commands.get(name) ?? commands.get(name.toLowerCase());
  if (command?.subcommands === undefined || args.length < 2) return command;
  return findSubcommand(command, args[1] ?? "");
}

function findSubcommand(command: Command, word: string): Command | undefined {
  const name = `${command.name}|${word.toLowerCase()}`;
  return command.subcommands?.find((each) => each.name === name);
}

/** The error for arguments that name no command. */
export function unknownCommand(commands: Commands, args: readonly string[]): string {
  const name = args[0] ?? "";
  if (commands.has(name.toLowerCase())) {
    return `ERR unknown subcommand '${(args[1] ?? "").slice(0, 128)}'. Try ${name.toUpperCase()} HELP.`;
  }
  let shown = "";
  for (const arg of args.slice(1)) {
    if (shown.length >= 128) break;
    shown += `'${arg.slice(0, 128 - shown.length)}' `;
  }
  return `ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${shown}`;
}

/** The error for a wrong number of arguments; undefined when it is right. */
export function arityProblem(command: Command, args: readonly string[]): string | undefined {
  const { arity } = command;
  if (arity > 0 ? args.length === arity : args.length >= -arity) return undefined;
  return `ERR wrong number of arguments for '${command.name}' command`;
}

import type { StackSource } from "@drydock/session";
import { type Command, Option } from "commander";
import type { CommandContext } from "./context.ts";

/** Flags that say which stack is meant; their names and meanings are Compose's. */
interface StackFlags {
  readonly file?: readonly string[];
  readonly envFile?: readonly string[];
  readonly profile?: readonly string[];
  readonly projectName?: string;
  readonly engine?: "docker" | "local";
}

const collect = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds the flags to a command. `-f` is left to `logs --follow` where `hasShortFile` is false. */
export function addStackOptions(command: Command, hasShortFile = true): Command {
  const file = new Option(`${hasShortFile ? "-f, " : ""}--file <file>`, "a Compose file; may be repeated").argParser(
    collect,
  );
  return command
    .addOption(file)
    .option("--env-file <file>", "a file of values for the Compose files; may be repeated", collect)
    .option("--profile <name>", "activate a profile; may be repeated", collect)
    .option("-p, --project-name <name>", "the project's name")
    .addOption(
      new Option("--engine <engine>", "docker or local; default: docker when it answers").choices(["docker", "local"]),
    );
}

/** The stack that a command's flags and the program's mean together; repeated flags add up. */
export function stackSource(context: CommandContext, command: Command): StackSource {
  const own = command.opts<StackFlags>();
  const all = command.parent ? command.parent.opts<StackFlags>() : {};
  const projectName = own.projectName ?? all.projectName ?? (context.variables.COMPOSE_PROJECT_NAME || undefined);
  const engine = own.engine ?? all.engine;
  return {
    directory: context.directory,
    files: [...(all.file ?? []), ...(own.file ?? [])],
    envFiles: [...(all.envFile ?? []), ...(own.envFile ?? [])],
    profiles: [...(all.profile ?? []), ...(own.profile ?? [])],
    ...(projectName === undefined ? {} : { projectName }),
    ...(engine === undefined ? {} : { engine }),
    variables: context.variables,
  };
}

import type { Command } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CommandContext } from "../context.ts";
import type { ContainerFlags } from "../run/run-container.ts";

/** `dev container`: the repository's dev container, without an editor. */
export const addContainer: AddCommand = (program, context, exitWith) => {
  const container = program
    .command("container")
    .description("The dev container of this repository (devcontainer.json), without an editor")
    .addHelpText("after", "\nExample:\n  dev container up && dev container exec npm test");

  add(
    container,
    context,
    exitWith,
    "up",
    "Make or start it, run its commands, and forward its ports",
    "runContainerUp",
  );
  add(
    container,
    context,
    exitWith,
    "exec [command...]",
    "Run a command in it; its exit code is dev's; without one, a shell",
    "runContainerExec",
  ).passThroughOptions();
  add(container, context, exitWith, "ports", "Where its ports are on this machine", "runContainerPorts");
  add(container, context, exitWith, "stop", "Stop it, and what Compose runs beside it", "runContainerStop");
  add(
    container,
    context,
    exitWith,
    "rebuild",
    "Make it anew, with its image: what devcontainer.json says now",
    "runContainerRebuild",
  );
  add(
    container,
    context,
    exitWith,
    "down",
    "Remove it, and the Compose project it was made with; volumes with a name stay",
    "runContainerDown",
  ).option("--dry-run", "say what would be removed, and stop");
};

type Run =
  | "runContainerUp"
  | "runContainerRebuild"
  | "runContainerExec"
  | "runContainerPorts"
  | "runContainerStop"
  | "runContainerDown";

function add(
  parent: Command,
  context: CommandContext,
  exitWith: (code: number) => void,
  words: string,
  description: string,
  run: Run,
): Command {
  const command = parent
    .command(words)
    .description(description)
    .option("--config <file>", "a devcontainer.json; default: of this folder or one above it");
  if (run !== "runContainerExec") command.option("--json", "the result as one JSON document");
  return command.action(async () => {
    const runs = await import("../run/run-container.ts");
    exitWith(await runs[run](context, command.opts<ContainerFlags>(), command.args));
  });
}

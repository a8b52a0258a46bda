import type { Command } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CommandContext } from "../context.ts";
import type { SnapshotFlags } from "../run/run-snapshot.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev snapshot`: fast copies of the data on this machine. */
export const addSnapshot: AddCommand = (program, context) => {
  const snapshot = program
    .command("snapshot")
    .description("Save, restore and compare copies of the data: MongoDB and Redis as one unit")
    .addHelpText("after", "\nExample:\n  dev snapshot save before-migration && dev snapshot restore before-migration");
  add(snapshot, context, "save [name]", "Copy the data of all databases, as it is at one moment", "runSave");
  add(snapshot, context, "list", "What snapshots there are", "runList");
  add(snapshot, context, "restore [name]", "Put a snapshot's data in the place of what is there", "runRestore")
    .option("--latest", "the newest snapshot")
    .option("--dry-run", "say what would be replaced, and stop");
  add(snapshot, context, "rm <names...>", "Remove snapshots", "runRemove").option(
    "--dry-run",
    "say what would be removed, and stop",
  );
  add(
    snapshot,
    context,
    "diff <from> [to]",
    "What two snapshots have different; without TO: a snapshot and now",
    "runDiff",
  );
};

type Run = "runSave" | "runList" | "runRestore" | "runRemove" | "runDiff";

function add(parent: Command, context: CommandContext, words: string, description: string, run: Run): Command {
  const command = parent
    .command(words)
    .description(description)
    .option("--json", "the result as one JSON document")
    .option("--debug", "show the stack of an error");
  addStackOptions(command).action(async () => {
    const runs = await import("../run/run-snapshot.ts");
    await runs[run](context, stackSource(context, command), command.args, command.opts<SnapshotFlags>());
  });
  return command;
}

import type { AddCommand } from "../add-command.ts";
import type { DownFlags } from "../run/run-down.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev down`: stop and remove everything, and verify it. */
export const addDown: AddCommand = (program, context, exitWith) => {
  const command = program
    .command("down")
    .description("Stop everything of the project, verify that nothing is left, keep the data")
    .option("-v, --volumes", "also remove the data, after showing what")
    .option("--remove-orphans", "accepted for Compose's sake: down always does")
    .option("--dry-run", "print the plan and stop")
    .option("-y, --yes", "do not ask before data is removed")
    .option("--json", "the result as one JSON document")
    .addHelpText("after", "\nExample:\n  dev down --volumes --yes");
  addStackOptions(command).action(async (flags: DownFlags) => {
    const { runDown } = await import("../run/run-down.ts");
    exitWith(await runDown(context, stackSource(context, command), flags));
  });
};

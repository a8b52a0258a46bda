import type { AddCommand } from "../add-command.ts";
import type { InitFlags } from "../run/run-init.ts";

/** `dev init`: put a stack into this folder. */
export const addInit: AddCommand = (program, context, exitWith) => {
  program
    .command("init")
    .argument("[folder]", "where", ".")
    .description(
      "Put a starter stack into a folder, or a dev container beside a stack; nothing that exists is overwritten",
    )
    .option("--template <name>", "which one", "starter")
    .option("--dry-run", "print what would be written and stop")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", "\nExample:\n  dev init shop && cd shop && dev up")
    .action(async (folder: string, flags: InitFlags) => {
      const { runInit } = await import("../run/run-init.ts");
      exitWith(await runInit(context, folder, flags));
    });
};

import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev doctor`: what is wrong on this machine, each finding with its fix. */
export const addDoctor: AddCommand = (program, context, exitWith) => {
  const command = program
    .command("doctor")
    .description("Check this machine and the stack; every finding comes with its fix")
    .option("--json", "the findings as one JSON document")
    .addHelpText("after", "\nExample:\n  dev doctor");
  addStackOptions(command).action(async (flags: { readonly json?: true }) => {
    const { runDoctor } = await import("../run/run-doctor.ts");
    exitWith(await runDoctor(context, stackSource(context, command), flags));
  });
};

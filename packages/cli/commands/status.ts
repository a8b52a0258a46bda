import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev status`: every service's state, with the reason. */
export const addStatus: AddCommand = (program, context) => {
  const command = program
    .command("status")
    .alias("ps")
    .description("Show every service's state, and why")
    .option("--json", "one JSON document")
    .addHelpText("after", "\nExample:\n  dev status --json | jq '.services[].state'");
  addStackOptions(command).action(async (flags: { readonly json?: true }) => {
    const { runStatus } = await import("../run/run-status.ts");
    await runStatus(context, stackSource(context, command), flags);
  });
};

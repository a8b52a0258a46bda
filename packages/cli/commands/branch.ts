import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev branch`: named copies of the data. */
export const addBranch: AddCommand = (program, context) => {
  const branch = program
    .command("branch")
    .argument("[name]", "the branch to switch to, made from the current data where it is new; - is the one before")
    .description("List the branches of the data, or switch to one")
    .option("--json", "the result as one JSON document")
    .addHelpText("after", "\nExample:\n  dev branch experiment && dev branch -");
  addStackOptions(branch).action(async (name: string | undefined, flags: { readonly json?: true }) => {
    const { runBranch } = await import("../run/run-branch.ts");
    await runBranch(context, stackSource(context, branch), name, flags);
  });
  const prune = branch
    .command("prune")
    .description("Remove the copies whose git branch is gone")
    .option("--dry-run", "say what would be removed, and stop")
    .option("--json", "the result as one JSON document");
  addStackOptions(prune).action(async (flags: { readonly dryRun?: true; readonly json?: true }) => {
    const { runPrune } = await import("../run/run-branch.ts");
    await runPrune(context, stackSource(context, prune), flags);
  });
};

import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev open`: the address of a service, in the browser. */
export const addOpen: AddCommand = (program, context) => {
  const command = program
    .command("open")
    .argument("[service]", "the service; default: the stack's web address")
    .description("Open a service's address in the browser")
    .option("--print", "only print the address")
    .addHelpText("after", "\nExample:\n  dev open proxy --print");
  addStackOptions(command).action(async (service: string | undefined, flags: { readonly print?: true }) => {
    const { runOpen } = await import("../run/run-open.ts");
    await runOpen(context, stackSource(context, command), service, flags);
  });
};

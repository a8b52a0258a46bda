import type { AddCommand } from "../add-command.ts";
import { portNumber } from "../parse-values.ts";
import type { DebugFlags } from "../run/run-debug.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev debug`: let a Node service listen for a debugger. */
export const addDebug: AddCommand = (program, context) => {
  const command = program
    .command("debug")
    .argument("<service>", "the service")
    .description("Start a Node service so that a debugger can attach; it stays so when the service reloads")
    .option("--port <number>", "the port on this machine; default: the first free one from 9229 on", portNumber)
    .option("--break", "wait for the debugger before the first line of code runs")
    .option("--write", "write how VS Code attaches into .vscode/launch.json")
    .option("--off", "no more: start the service as it is")
    .option("--json", "print one JSON document")
    .addHelpText("after", "\nExample:\n  dev debug api --write");
  addStackOptions(command).action(async (service: string, flags: DebugFlags) => {
    const { runDebug } = await import("../run/run-debug.ts");
    await runDebug(context, stackSource(context, command), service, flags);
  });
};

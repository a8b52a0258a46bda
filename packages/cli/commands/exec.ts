import type { AddCommand } from "../add-command.ts";
import type { ExecFlags } from "../run/run-exec.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev exec`: run a command inside a service. */
export const addExec: AddCommand = (program, context, exitWith) => {
  const command = program
    .command("exec")
    .argument("<service>", "the service")
    .argument("[command...]", "the command; default: a shell")
    .description("Run a command inside a running service; its exit code is dev's")
    .option("--index <number>", "which replica")
    .option("-e, --env <NAME=VALUE>", "an environment variable; may be repeated", (value, before: string[] = []) => [
      ...before,
      value,
    ])
    .option("-T, --no-tty", "no terminal")
    .passThroughOptions()
    .addHelpText("after", "\nExample:\n  dev exec api node -e 'console.log(process.version)'");
  addStackOptions(command).action(async (service: string, words: string[], flags: ExecFlags) => {
    const { runExec } = await import("../run/run-exec.ts");
    exitWith(await runExec(context, stackSource(context, command), service, words, flags));
  });
};

import type { AddCommand } from "../add-command.ts";
import type { TestFlags } from "../run/run-test.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev test`: a command with databases of its own. */
export const addTest: AddCommand = (program, context, exitWith) => {
  const command = program
    .command("test")
    .argument("[command...]", "the command, after --")
    .description("Run a command against databases of its own, with a dataset's data; its exit code is dev's")
    .option("--dataset <name>", "a dataset of seeds/; without it the default one, or nothing where there is none")
    .option("--quiet", "say nothing besides what the command says")
    .passThroughOptions()
    .addHelpText(
      "after",
      "\nOnly the databases come up, beside whatever runs. MONGO_URL, REDIS_URL and the variables of the Compose file that\nname a database say where they are. Nothing of them is left afterwards.\n\nExample:\n  dev test --dataset small -- npx vitest run",
    );
  addStackOptions(command).action(async (words: string[], flags: TestFlags) => {
    const { runTest } = await import("../run/run-test.ts");
    exitWith(await runTest(context, stackSource(context, command), words, flags));
  });
};

import { type Command, Option } from "commander";
import type { AddCommand } from "../add-command.ts";
import { optionalSeconds } from "../parse-values.ts";
import type { WaitFlags } from "../run/run-wait.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev wait`: return when services have reached a state. */
export const addWait: AddCommand = (program, context) => {
  const goals = ["ready", "running", "done", "stopped", "unhealthy", "failed"];
  const command: Command = program
    .command("wait")
    .argument("<service...>", "the services to wait for")
    .description("Wait until services have reached a state")
    .addOption(new Option("--for <state>", "the state").choices(goals).default("ready"))
    .addOption(
      new Option("--timeout <seconds>", "exit with 4 after so long").argParser(optionalSeconds).default(120_000, "120"),
    )
    .addHelpText("after", "\nExample:\n  dev wait api --for ready --timeout 30");
  addStackOptions(command).action(async (services: string[], flags: WaitFlags) => {
    const { runWait } = await import("../run/run-wait.ts");
    await runWait(context, stackSource(context, command), services, flags);
  });
};

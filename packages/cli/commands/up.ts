import type { AddCommand } from "../add-command.ts";
import { optionalSeconds } from "../parse-values.ts";
import type { UpFlags } from "../run/run-up.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev up`: bring the stack up and show it. */
export const addUp: AddCommand = (program, context, exitWith) => {
  const command = program
    .command("up")
    .argument("[service...]", "only these services, and what they need")
    .description("Bring the stack up, and show it until you leave")
    .option("-d, --detach", "return when everything is ready")
    .option("--build", "build images before starting")
    .option("--no-deps", "leave out what the services need")
    .option("--force-recreate", "replace what runs, also where nothing changed")
    .option("--remove-orphans", "remove what the files no longer name")
    .option("--no-watch", "leave services as they are when files are saved")
    .option("--wait", "accepted for Compose's sake: up always waits")
    .option("--dry-run", "print the plan and stop")
    .option("--timeout <seconds>", "give up after so long", optionalSeconds)
    .option("--plain", "lines instead of the screen")
    .option("--json", "events as JSON lines on stdout")
    .option("--yes", "accepted: up asks nothing")
    .addHelpText("after", "\nExample:\n  dev up --detach && npm test");
  addStackOptions(command).action(async (services: string[], flags: UpFlags) => {
    const { runUp } = await import("../run/run-up.ts");
    exitWith(await runUp(context, stackSource(context, command), services, flags));
  });
};

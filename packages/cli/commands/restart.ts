import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev restart`: stop and start services, and wait until they are ready. */
export const addRestart = change("restart", "Stop and start services, and wait until they are ready");

/** `dev stop`: stop services; the rest keeps running. */
export const addStop = change("stop", "Stop services, and nothing else");

/** `dev start`: start stopped services, and wait until they are ready. */
export const addStart = change("start", "Start stopped services, and wait until they are ready");

function change(action: "restart" | "stop" | "start", description: string): AddCommand {
  return (program, context) => {
    const command = program
      .command(action)
      .argument("<service...>", "the services")
      .description(description)
      .addHelpText("after", `\nExample:\n  dev ${action} api`);
    addStackOptions(command).action(async (services: string[]) => {
      const { runChange } = await import("../run/run-change.ts");
      await runChange(context, stackSource(context, command), action, services);
    });
  };
}

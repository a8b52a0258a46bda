import type { AddCommand } from "../add-command.ts";
import { lineCount, pointInTime } from "../parse-values.ts";
import type { LogFlags } from "../run/run-logs.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev logs`: what services wrote. */
export const addLogs: AddCommand = (program, context) => {
  const command = program
    .command("logs")
    .argument("[service...]", "only these services")
    .description("Show what services wrote")
    .option("-f, --follow", "go on with what they write from now on")
    .option("--since <when>", "from then on: 10m, or an ISO time", pointInTime)
    .option("--until <when>", "up to then: 10m, or an ISO time", pointInTime)
    .option("-n, --tail <lines>", "the last lines of each service, or all", lineCount)
    .option("--grep <pattern>", "only lines that match this regular expression")
    .option("--json", "JSON lines")
    .addHelpText("after", "\nExample:\n  dev logs api worker --since 10m --grep error");
  addStackOptions(command, false).action(async (services: string[], flags: LogFlags) => {
    const { runLogs } = await import("../run/run-logs.ts");
    await runLogs(context, stackSource(context, command), services, flags);
  });
};

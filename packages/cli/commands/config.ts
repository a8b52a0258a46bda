import { Option } from "commander";
import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev config`: the resolved Compose model; `dev.config.ts` is checked as well. */
export const addConfig: AddCommand = (program, context) => {
  const command = program
    .command("config")
    .description("Print the resolved Compose files, or every mistake in them and in dev.config.ts")
    .addOption(new Option("--format <format>", "the format").choices(["yaml", "json"]).default("yaml"))
    .option("-q, --quiet", "print mistakes only")
    .addHelpText("after", "\nExample:\n  dev config --format json | jq .services.api");
  addStackOptions(command).action(async (flags: { readonly format: "yaml" | "json"; readonly quiet?: true }) => {
    const { loadModel, loadProject } = await import("@drydock/session");
    const source = stackSource(context, command);
    await loadProject(source, []);
    const text = loadModel(source, flags.format);
    if (!flags.quiet) context.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  });
};

import { Option } from "commander";
import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev config`: the resolved Compose model. */
export const addConfig: AddCommand = (program, context) => {
  const command = program
    .command("config")
    .description("Print the resolved Compose files, or every mistake in them")
    .addOption(new Option("--format <format>", "the format").choices(["yaml", "json"]).default("yaml"))
    .option("-q, --quiet", "print mistakes only")
    .addHelpText("after", "\nExample:\n  dev config --format json | jq .services.api");
  addStackOptions(command).action(async (flags: { readonly format: "yaml" | "json"; readonly quiet?: true }) => {
    const { loadModel } = await import("@drydock/session");
    const text = loadModel(stackSource(context, command), flags.format);
    if (!flags.quiet) context.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  });
};

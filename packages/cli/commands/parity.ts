import { type Command, InvalidArgumentError } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { ParityFlags } from "../run/run-parity.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev parity`: what production's proxy does differently. */
export const addParity: AddCommand = (program, context, exitWith) => {
  const parity: Command = program
    .command("parity <file-or-url>")
    .description(
      "Compare production's nginx configuration, or a live site, with this stack, line by line, with a score",
    )
    .option("--with <url>", "for a live site: compare it with this address instead of the running stack")
    .option(
      "--domain <name>",
      "for a file: production's domain; default: front.domain of dev.config.ts, else the file's",
    )
    .option("--min-score <number>", "exit 1 below this score", readScore, 90)
    .option("--all", "show what is the same, too")
    .option("--json", "one JSON document")
    .addHelpText("after", "\nExamples:\n  dev parity deploy/nginx.conf\n  dev parity https://shop.example/api/health");
  addStackOptions(parity).action(async (target: string, flags: ParityFlags) => {
    const { runParity } = await import("../run/run-parity.ts");
    exitWith(await runParity(context, stackSource(context, parity), target, flags));
  });
};

function readScore(text: string): number {
  const score = Number(text);
  if (!/^\d+$/.test(text) || score > 100) throw new InvalidArgumentError("It is a number from 0 to 100.");
  return score;
}

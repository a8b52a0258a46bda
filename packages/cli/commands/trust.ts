import type { AddCommand } from "../add-command.ts";
import type { TrustFlags } from "../run/run-trust.ts";

/** `dev trust`: lets this machine's browsers and programs trust the authority. */
export const addTrust: AddCommand = (program, context, exitWith) => {
  program
    .command("trust")
    .description(
      "Let browsers and programs of this machine trust https://<project>.localhost; shows first what it will run",
    )
    .option("--uninstall", "take the authority out of every store again")
    .option("--dry-run", "show what would run, and stop")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", "\nExample:\n  dev trust --dry-run")
    .action(async (flags: TrustFlags) => {
      const { runTrust } = await import("../run/run-trust.ts");
      exitWith(await runTrust(context, flags));
    });
};

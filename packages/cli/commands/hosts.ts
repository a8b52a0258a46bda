import type { AddCommand } from "../add-command.ts";
import type { HostsFlags } from "../run/run-hosts.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev hosts`: names of routes outside .localhost, in the system's hosts file. */
export const addHosts: AddCommand = (program, context, exitWith) => {
  const hosts = program
    .command("hosts")
    .description(
      "Names of routes that are not below .localhost: the block for the hosts file; changes it only when told to",
    )
    .option("--apply", "write the block")
    .option("--remove", "take it away")
    .option("--all", "the names below .localhost, too, for programs whose resolver does not know them")
    .option("--hosts-file <path>", "another file than the system's, such as Windows's own from WSL")
    .option("--dry-run", "show what would be written, and stop")
    .addHelpText("after", "\nExample:\n  dev hosts --apply");
  addStackOptions(hosts).action(async (flags: HostsFlags) => {
    const { runHosts } = await import("../run/run-hosts.ts");
    exitWith(await runHosts(context, stackSource(context, hosts), flags));
  });
};

import type { Command } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CommandContext } from "../context.ts";
import type { BackupFlags } from "../run/run-backup.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev backup`: portable, checked, kept copies of the data. */
export const addBackup: AddCommand = (program, context) => {
  const backup = program
    .command("backup")
    .description("Back up and restore the data: mongodump's and Redis's own formats, checked and kept, here or offsite")
    .addHelpText(
      "after",
      "\nExample:\n  dev backup run && dev backup verify && dev backup restore --latest --dry-run\n\nSnapshots (`dev snapshot`) are faster, and stay on this machine.",
    );
  add(backup, context, "run", "Back up all databases", "runBackup").option(
    "--archive",
    "MongoDB's data as one archive of mongodump, instead of a folder of files",
  );
  add(backup, context, "list", "What backups there are, and when they were last verified", "runBackupList");
  withIdentity(
    add(backup, context, "verify [id]", "Restore a backup into servers of its own, and compare all of it", "runVerify"),
  );
  withIdentity(add(backup, context, "restore [id]", "Put a backup's data in the place of what is there", "runRestore"))
    .option("--latest", "the newest backup")
    .option(
      "--into <place>",
      "another project (its folder), or a server (mongodb://..., redis://...); may be repeated",
      collect,
    )
    .option("--only <collections>", "these collections alone, with commas; Redis stays as it is", words)
    .option("--allow-remote <host>", "a server that is not on this machine may be written to; may be repeated", collect)
    .option("--no-snapshot", "do not keep what is there as a snapshot")
    .option("--yes", "do not ask")
    .option("--dry-run", "say what would be replaced, and stop");
  add(backup, context, "prune", "Remove the backups that newer ones stand for (backup.keep)", "runBackupPrune").option(
    "--dry-run",
    "say what would go, and why, and stop",
  );
};

type Run = "runBackup" | "runBackupList" | "runVerify" | "runRestore" | "runBackupPrune";

function add(parent: Command, context: CommandContext, name: string, description: string, run: Run): Command {
  const command = parent
    .command(name)
    .description(description)
    .option(
      "--to <place>",
      "where backups are kept: a folder, or s3://bucket/prefix (default: backup.to in dev.config.ts)",
    )
    .option("--json", "the result as one JSON document")
    .option("--debug", "show the stack of an error");
  addStackOptions(command).action(async () => {
    const runs = await import("../run/run-backup.ts");
    await runs[run](context, stackSource(context, command), command.args, command.opts<BackupFlags>());
  });
  return command;
}

function withIdentity(command: Command): Command {
  return command.option("--identity <file>", "the file with the age identity that opens it (or DRYDOCK_AGE_IDENTITY)");
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const words = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(",").filter((word) => word !== ""),
];

import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DevError } from "@drydock/core";
import type { BackupActs, StackSource } from "@drydock/session";
import { type CommandContext, hasColour, isInteractive } from "../context.ts";
import { askYes } from "../output/ask-yes.ts";
import { backupTable, changeTable, keepTable, madeText } from "../output/backup-text.ts";
import { formatDuration } from "../output/duration.ts";
import { type Paint, painter } from "../output/paint.ts";
import { callBackup } from "./call-backup.ts";

/** What the commands of `dev backup` may be asked for. */
export interface BackupFlags {
  readonly to?: string;
  readonly archive?: true;
  readonly identity?: string;
  readonly latest?: true;
  readonly into?: readonly string[];
  readonly only?: readonly string[];
  readonly allowRemote?: readonly string[];
  /** False with `--no-snapshot`. */
  readonly snapshot?: boolean;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

type Run = (
  context: CommandContext,
  source: StackSource,
  words: readonly string[],
  flags: BackupFlags,
) => Promise<void>;

/** Makes a backup. */
export const runBackup: Run = async (context, source, _words, flags) => {
  const layout = flags.archive ? "archive" : "directory";
  const made = await callBackup(context, source, "run", { ...placeOf(context, flags), layout }, isQuiet(flags));
  print(context, flags, made, (paint) => madeText(made, paint));
};

/** Lists backups. */
export const runBackupList: Run = async (context, source, _words, flags) => {
  const list = await callBackup(context, source, "list", placeOf(context, flags), true);
  print(context, flags, list, (paint) => backupTable(list, paint));
};

/** Verifies the one that is named, or the newest. */
export const runVerify: Run = async (context, source, [id], flags) => {
  const startedAt = performance.now();
  const request = { ...placeOf(context, flags), ...identityOf(context, flags), ...(id === undefined ? {} : { id }) };
  const verified = await callBackup(context, source, "verify", request, isQuiet(flags));
  const took = formatDuration(performance.now() - startedAt);
  print(
    context,
    flags,
    verified,
    (paint) =>
      `${paint("green", `Verified ${verified.id}`)} in ${took}: restored into ${verified.detail}, and the same in counts, hashes, indexes and the canary.\n`,
  );
};

/** Restores the one that is named, or the newest; asks before data is replaced. @throws DevError WHICH_BACKUP, NEEDS_YES */
export const runRestore: Run = async (context, source, [id], flags) => {
  if ((id === undefined) === (flags.latest === undefined)) throw whichBackup();
  const { target, into } = whereTo(context, source, flags.into ?? []);
  const request = {
    ...placeOf(context, flags),
    ...identityOf(context, flags),
    ...(id === undefined ? {} : { id: pathOrName(context, id) }),
    only: flags.only ?? [],
    into,
    allowRemote: flags.allowRemote ?? [],
    snapshot: flags.snapshot ?? true,
    dryRun: true,
  };
  const planned = await callBackup(context, target, "restore", request, true);
  const paint = painter(hasColour(context, context.stdout));
  if (flags.dryRun) return print(context, flags, planned, () => `${changeTable(planned, paint)}Nothing was changed.\n`);
  if (!(await mayReplace(context, planned, flags, paint))) return void context.stdout.write("Nothing was changed.\n");
  const startedAt = performance.now();
  const settled = { ...request, id: request.id ?? planned.id, dryRun: false };
  const done = await callBackup(context, target, "restore", settled, isQuiet(flags));
  const took = formatDuration(performance.now() - startedAt);
  const before =
    done.snapshot === undefined ? "" : ` \`dev snapshot restore ${done.snapshot}\` brings back what was there.`;
  print(context, flags, done, () => `${paint("green", `Restored ${done.id}`)} in ${took}.${before}\n`);
};

/** Removes the backups that newer ones stand for. */
export const runBackupPrune: Run = async (context, source, _words, flags) => {
  const dryRun = flags.dryRun ?? false;
  const pruned = await callBackup(context, source, "prune", { ...placeOf(context, flags), dryRun }, true);
  print(context, flags, pruned, (paint) => keepTable(pruned, paint));
};

const isQuiet = ({ json }: BackupFlags): boolean => json === true;

/** A folder is meant from where the person stands. */
function placeOf(context: CommandContext, { to }: BackupFlags): { readonly to?: string } {
  if (to === undefined) return {};
  return { to: to.startsWith("s3://") || to.startsWith("~") ? to : resolve(context.directory, to) };
}

/** A name without a slash that is a folder or a file here is what mongodump has written, as well. */
function pathOrName(context: CommandContext, id: string): string {
  const path = resolve(context.directory, id);
  return id.includes("/") || (existsSync(path) && !/^\d{8}T\d{6}Z-/.test(id)) ? path : id;
}

function identityOf(context: CommandContext, { identity }: BackupFlags): { readonly identity?: string } {
  return identity === undefined ? {} : { identity: resolve(context.directory, identity) };
}

/** Addresses are servers; a folder is another project's, whose supervisor restores. @throws DevError NO_SUCH_PROJECT */
function whereTo(context: CommandContext, source: StackSource, into: readonly string[]) {
  const [place] = into;
  if (place === undefined || into.every((each) => /^(?:mongodb(?:\+srv)?|rediss?):\/\//.test(each)))
    return { target: source, into };
  const directory = resolve(context.directory, place);
  if (into.length > 1 || !existsSync(directory) || !statSync(directory).isDirectory()) throw noSuchProject(place);
  return { target: { ...source, directory, files: [], envFiles: [] }, into: [] };
}

async function mayReplace(
  context: CommandContext,
  planned: BackupActs["restore"]["result"],
  flags: BackupFlags,
  paint: Paint,
): Promise<boolean> {
  const isLossless = planned.changes.every(({ now }) => now === undefined || now === 0);
  if (flags.yes || isLossless) return true;
  const table = changeTable(planned, paint);
  if (!isInteractive(context) || flags.json)
    throw new DevError("NEEDS_YES", "This would be replaced:", {
      evidence: table.trimEnd().split("\n"),
      exitCode: 2,
      hint: "Say so with `--yes`. Nothing was changed.",
    });
  context.stdout.write(table);
  return askYes(context, "Replace it? [y/N] ");
}

function print(context: CommandContext, flags: BackupFlags, result: object, text: (paint: Paint) => string): void {
  const words = flags.json ? `${JSON.stringify(result)}\n` : text(painter(hasColour(context, context.stdout)));
  context.stdout.write(words);
}

const whichBackup = () =>
  new DevError("WHICH_BACKUP", "Name one backup, or say --latest.", {
    exitCode: 2,
    hint: "`dev backup list` shows them.",
  });

const noSuchProject = (place: string) =>
  new DevError("NO_SUCH_PROJECT", `--into ${place} is no folder of a project, and no address of a server.`, {
    exitCode: 3,
    hint: "Write the project's folder, or addresses: --into mongodb://127.0.0.1:27017 --into redis://127.0.0.1:6379.",
  });

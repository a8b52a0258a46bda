import { DevError } from "@drydock/core";
import { listSnapshots, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { formatBytes } from "../output/bytes.ts";
import { formatDuration } from "../output/duration.ts";
import { type Paint, painter } from "../output/paint.ts";
import { differenceText } from "../output/snapshot-difference.ts";
import { snapshotTable } from "../output/snapshot-table.ts";
import { callSnapshot } from "./call-snapshot.ts";

/** What the commands of `dev snapshot` may be asked for. */
export interface SnapshotFlags {
  readonly json?: true;
  readonly dryRun?: true;
  readonly latest?: true;
}

type Run = (
  context: CommandContext,
  source: StackSource,
  words: readonly string[],
  flags: SnapshotFlags,
) => Promise<void>;

/** Makes a snapshot. */
export const runSave: Run = async (context, source, [name], flags) => {
  const made = await callSnapshot(context, source, "save", name === undefined ? {} : { name });
  const parts = made.parts.map(({ service, bytes }) => `${service} ${formatBytes(bytes)}`).join(", ");
  print(
    context,
    flags,
    made,
    (paint) =>
      `${paint("green", `Saved ${made.id}`)} in ${formatDuration(made.tookMs)}: ${parts}. \`dev snapshot restore ${made.id}\` brings it back.\n`,
  );
};

/** Lists snapshots. */
export const runList: Run = async (context, source, _words, flags) => {
  const snapshots = await listSnapshots(source);
  print(context, flags, { snapshots }, (paint) => snapshotTable(snapshots, paint));
};

/** Restores the one that is named, or the newest. @throws DevError WHICH_SNAPSHOT */
export const runRestore: Run = async (context, source, [name], { latest, dryRun = false, ...flags }) => {
  if ((name === undefined) === (latest === undefined)) throw whichSnapshot();
  const startedAt = performance.now();
  const request = { dryRun, ...(name === undefined ? {} : { name }) };
  const { id, parts } = await callSnapshot(context, source, "restore", request);
  const tookMs = Math.round(performance.now() - startedAt);
  const services = parts.map(({ service }) => service).join(", ");
  const result = { id, services: parts.map(({ service }) => service), dryRun, tookMs };
  print(context, flags, result, (paint) =>
    dryRun
      ? `The data of ${services} would be replaced by that of ${id}. Nothing was changed.\n`
      : `${paint("green", `Restored ${id}`)} in ${formatDuration(tookMs)}: ${services}.\n`,
  );
};

/** Removes snapshots. */
export const runRemove: Run = async (context, source, names, { dryRun = false, ...flags }) => {
  const removed = await callSnapshot(context, source, "remove", { names, dryRun });
  const list = removed.map(({ id, bytes }) => `${id} (${formatBytes(bytes)})`).join(", ");
  print(context, flags, { removed: removed.map(({ id }) => id), dryRun }, () =>
    dryRun ? `Would be removed: ${list}. Nothing was changed.\n` : `Removed ${list}.\n`,
  );
};

/** Compares two snapshots, or one with the data of now. */
export const runDiff: Run = async (context, source, [from = "", to], flags) => {
  const difference = await callSnapshot(context, source, "diff", { from, ...(to === undefined ? {} : { to }) });
  print(context, flags, difference, (paint) => differenceText(difference, paint));
};

function print(context: CommandContext, flags: SnapshotFlags, result: object, text: (paint: Paint) => string): void {
  const words = flags.json ? `${JSON.stringify(result)}\n` : text(painter(hasColour(context, context.stdout)));
  context.stdout.write(words);
}

const whichSnapshot = () =>
  new DevError("WHICH_SNAPSHOT", "Name one snapshot, or say --latest.", {
    exitCode: 2,
    hint: "`dev snapshot list` shows them.",
  });

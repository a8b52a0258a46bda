import type { StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { formatDuration } from "../output/duration.ts";
import { painter } from "../output/paint.ts";
import { callSnapshot } from "./call-snapshot.ts";

/** Lists the branches of the data, or switches to one. */
export async function runBranch(
  context: CommandContext,
  source: StackSource,
  name: string | undefined,
  flags: { readonly json?: true },
): Promise<void> {
  const paint = painter(hasColour(context, context.stdout));
  if (name === undefined) {
    const branches = await callSnapshot(context, source, "branches", {});
    const lines = Object.entries(branches.branches).map(([each, { parent }]) => {
      const origin = parent === undefined ? "" : `  from ${parent}`;
      return each === branches.current ? `* ${paint("green", each)}${origin}\n` : `  ${each}${origin}\n`;
    });
    context.stdout.write(flags.json ? `${JSON.stringify(branches)}\n` : lines.join(""));
    return;
  }
  const startedAt = performance.now();
  const done = await callSnapshot(context, source, "branch", { name });
  const tookMs = Math.round(performance.now() - startedAt);
  if (flags.json) context.stdout.write(`${JSON.stringify({ ...done, tookMs })}\n`);
  else if (done.from === done.to) context.stdout.write(`The data is that of ${done.to} already.\n`);
  else {
    const origin = done.isNew ? `, a copy of ${done.from}` : "";
    context.stdout.write(
      `${paint("green", `Switched to ${done.to}`)}${origin}, in ${formatDuration(tookMs)}. \`dev branch -\` goes back.\n`,
    );
  }
}

/** Removes the branches whose git branch is gone. */
export async function runPrune(
  context: CommandContext,
  source: StackSource,
  { dryRun = false, json }: { readonly dryRun?: boolean; readonly json?: true },
): Promise<void> {
  const removed = await callSnapshot(context, source, "prune", { dryRun });
  const list = removed.join(", ");
  const words =
    removed.length === 0
      ? "Every branch of the data still has its git branch.\n"
      : dryRun
        ? `Would be removed: ${list}. Nothing was changed.\n`
        : `Removed ${list}.\n`;
  context.stdout.write(json ? `${JSON.stringify({ removed, dryRun })}\n` : words);
}

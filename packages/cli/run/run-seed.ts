import { connectOrStart, describeSeed, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { painter } from "../output/paint.ts";
import { ProgressLines } from "../output/progress-lines.ts";
import { seedTable } from "../output/seed-table.ts";

/** What `dev seed` was asked for besides the stack. */
export interface SeedFlags {
  readonly count?: Readonly<Record<string, number>>;
  readonly seed?: number;
  readonly now?: number;
  readonly only?: readonly string[];
  readonly reset?: true;
  readonly to?: readonly string[];
  readonly allowRemote?: readonly string[];
  /** False with `--no-cache`. */
  readonly cache: boolean;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Seeds a dataset and shows how far it is. @throws DevError those of `seed` */
export async function runSeed(
  context: CommandContext,
  source: StackSource,
  dataset: string | undefined,
  flags: SeedFlags,
): Promise<void> {
  const supervisor = await connectOrStart(source, context.program);
  const startedAt = performance.now();
  const progress = new ProgressLines(context.stderr, Boolean(context.stderr.isTTY) && !flags.json);
  const request = {
    source,
    ...(dataset === undefined ? {} : { dataset }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.now === undefined ? {} : { now: flags.now }),
    counts: flags.count ?? {},
    only: flags.only ?? [],
    reset: flags.reset ?? false,
    dryRun: flags.dryRun ?? false,
    to: flags.to ?? [],
    allowRemote: flags.allowRemote ?? [],
    useCache: flags.cache,
  };
  const outcome = await supervisor
    .seed(request, progress.take, context.signal)
    .catch((error: unknown) => {
      if (context.signal.aborted)
        context.stderr.write("\nInterrupted. What was written stays, and `dev seed` goes on from there.\n");
      throw error;
    })
    .finally(() => progress.end());
  const durationMs = performance.now() - startedAt;
  if (flags.json) {
    const { now, ...rest } = outcome;
    const isDryRun = flags.dryRun ?? false;
    context.stdout.write(
      `${JSON.stringify({ ...rest, now: new Date(now).toISOString(), durationMs: Math.round(durationMs), dryRun: isDryRun })}\n`,
    );
    return;
  }
  const paint = painter(hasColour(context, context.stdout));
  context.stdout.write(seedTable(outcome, paint));
  if (flags.dryRun) context.stdout.write("Nothing was changed.\n");
  else if (outcome.steps.every(({ action }) => action === "keep"))
    context.stdout.write(
      outcome.isContinued
        ? "All of it is there. The last run was interrupted before its end: what was missing of it was done.\n"
        : "All of it is there already. `dev seed --reset` makes it anew.\n",
    );
  else context.stdout.write(`${paint("green", "seeded")} ${describeSeed(outcome, durationMs)}\n`);
}

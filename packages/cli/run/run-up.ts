import { formatPlan } from "@drydock/core";
import { connectOrStart, type StackSource, type UpRequest } from "@drydock/session";
import { withPassphrase } from "../ask-passphrase.ts";
import { type CommandContext, hasColour, isInCi, isInteractive } from "../context.ts";
import { painter } from "../output/paint.ts";
import { PlainUp } from "../output/plain-up.ts";
import { upSummary } from "../output/up-summary.ts";
import { followPlain } from "./follow-plain.ts";

/** What `dev up` was asked for besides the stack. */
export interface UpFlags {
  readonly detach?: true;
  readonly build?: true;
  readonly deps: boolean;
  readonly forceRecreate?: true;
  readonly removeOrphans?: true;
  readonly dryRun?: true;
  readonly watch: boolean;
  readonly plain?: true;
  readonly json?: true;
  readonly timeout?: number;
}

/** Brings the stack up and shows it: as a screen, as lines, as JSON, or only until it is ready. Returns the exit code. */
export async function runUp(
  context: CommandContext,
  given: StackSource,
  services: readonly string[],
  flags: UpFlags,
): Promise<number> {
  // The authority's key may have a passphrase, and the certificate be due.
  const source = flags.dryRun ? given : await withPassphrase(context, given, false);
  const request: UpRequest = {
    services,
    source,
    build: flags.build ?? false,
    noDeps: !flags.deps,
    forceRecreate: flags.forceRecreate ?? false,
    removeOrphans: flags.removeOrphans ?? false,
    dryRun: flags.dryRun ?? false,
    watch: flags.watch,
    ...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout }),
  };
  const wantsScreen = isInteractive(context) && !flags.plain && !flags.json && !flags.detach && !flags.dryRun;
  if (wantsScreen) {
    const { runScreen } = await import("./run-screen.ts");
    return runScreen(context, request);
  }
  const startedAt = Date.now();
  const supervisor = await connectOrStart(source, context.program);
  if (flags.json) return upAsJson(context, request, flags, supervisor);

  const paint = painter(hasColour(context, context.stdout));
  const plain = new PlainUp((text) => context.stdout.write(text), paint, context.program.version);
  const result = await supervisor.up(request, plain.take, context.signal).catch((error) => {
    if (context.signal.aborted)
      context.stderr.write(
        "\nInterrupted. What was started keeps running: `dev status` shows it, `dev down` stops it.\n",
      );
    throw error;
  });
  if (flags.dryRun) {
    context.stdout.write(`\n${formatPlan(result.plan)}`);
    return 0;
  }
  context.stdout.write(upSummary(result, plain.criticalChain, paint, !isInCi(context)));
  return flags.detach ? 0 : followPlain(context, source, supervisor, startedAt);
}

async function upAsJson(
  context: CommandContext,
  request: UpRequest,
  flags: UpFlags,
  supervisor: Awaited<ReturnType<typeof connectOrStart>>,
): Promise<number> {
  const print = (data: unknown) => context.stdout.write(`${JSON.stringify(data)}\n`);
  const { plan, ...result } = await supervisor.up(request, print, context.signal);
  print(flags.dryRun ? { kind: "result", plan, ...result } : { kind: "result", ...result });
  if (flags.detach || flags.dryRun) return 0;
  const following = { logs: true, services: [], replayLines: 0, usage: false };
  await supervisor.follow(following, print, context.signal);
  return 130;
}

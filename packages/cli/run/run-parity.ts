import { compareFile, compareUrl, connect, lookAtStatus, nothingToCompare, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { hasUtf8 } from "../output/glyph.ts";
import { painter } from "../output/paint.ts";
import { parityText } from "../output/parity-text.ts";

/** What `dev parity` was asked for. */
export interface ParityFlags {
  readonly with?: string;
  readonly domain?: string;
  readonly minScore: number;
  readonly all?: true;
  readonly json?: true;
}

/** Prints what production does differently. Returns the exit code: 1 below the score that was asked for. @throws DevError as compareFile and compareUrl */
export async function runParity(
  context: CommandContext,
  source: StackSource,
  target: string,
  flags: ParityFlags,
): Promise<number> {
  const report = /^https?:\/\//.test(target)
    ? await compareUrl(context.variables, target, flags.with ?? (await ourUrl(context, source)), context.signal)
    : await compareFile(source, target, flags.domain);
  if (flags.json) context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const paint = painter(hasColour(context, context.stdout));
    context.stdout.write(parityText(report, flags.all ?? false, paint, hasUtf8(context.variables)));
  }
  return report.score >= flags.minScore ? 0 : 1;
}

/** Where the running stack is reached. @throws DevError NOTHING_TO_COMPARE */
async function ourUrl(context: CommandContext, source: StackSource): Promise<string> {
  const supervisor = await connect(source, context.program);
  const { url } = supervisor
    ? await supervisor.attach(source, context.signal)
    : await lookAtStatus(source, context.signal);
  if (url === undefined) throw nothingToCompare();
  return url;
}

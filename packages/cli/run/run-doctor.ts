import { examine, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { findingText } from "../output/finding-text.ts";
import { hasUtf8 } from "../output/glyph.ts";
import { painter } from "../output/paint.ts";

/** Prints what was found. Returns the exit code: 1 where a problem keeps the stack from coming up. */
export async function runDoctor(
  context: CommandContext,
  source: StackSource,
  flags: { readonly json?: true },
): Promise<number> {
  const findings = await examine(source, context.signal);
  const isIll = findings.some((finding) => finding.level === "problem");
  if (flags.json) context.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  else {
    const paint = painter(hasColour(context, context.stdout));
    for (const finding of findings) context.stdout.write(findingText(finding, paint, hasUtf8(context.variables)));
  }
  return isIll ? 1 : 0;
}

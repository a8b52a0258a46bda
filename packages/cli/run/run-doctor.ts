import { examine, type Finding, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { hasUtf8 } from "../output/glyph.ts";
import { type Paint, painter } from "../output/paint.ts";

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

const marks = {
  ok: ["●", "ok", "green"],
  warning: ["▲", "! ", "yellow"],
  problem: ["✖", "x ", "red"],
} as const;

function findingText({ check, level, message, fix, details = [] }: Finding, paint: Paint, utf8: boolean): string {
  const [shape, letter, style] = marks[level];
  const head = `${paint(style, utf8 ? shape : letter)} ${paint("dim", check.padEnd(10))}  ${message}\n`;
  const rest = [...details, ...(fix ? [`fix: ${fix}`] : [])].map((line) => `              ${line}\n`);
  return head + rest.join("");
}

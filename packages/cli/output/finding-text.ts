import type { Finding } from "@drydock/session";
import type { Paint } from "./paint.ts";

const marks = {
  ok: ["●", "ok", "green"],
  warning: ["▲", "! ", "yellow"],
  problem: ["✖", "x ", "red"],
} as const;

/** A finding as lines: its mark, what was looked at, what is, and what to do. */
export function findingText(
  { check, level, message, fix, details = [] }: Finding,
  paint: Paint,
  utf8: boolean,
): string {
  const [shape, letter, style] = marks[level];
  const head = `${paint(style, utf8 ? shape : letter)} ${paint("dim", check.padEnd(10))}  ${message}\n`;
  const rest = [...details, ...(fix ? [`fix: ${fix}`] : [])].map((line) => `              ${line}\n`);
  return head + rest.join("");
}

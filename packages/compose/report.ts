import type { Problem } from "@drydock/core";
import { locate, type Place } from "./yaml/source.ts";

/** A mistake, before it is turned into a problem. */
export interface Finding {
  readonly place: Place;
  /** A sentence without a full stop, that begins with the path of what is wrong where it has one. */
  readonly message: string;
  readonly hint?: string;
  /** It matters only when this service is active. */
  readonly onlyFor?: string;
}

/** Takes a mistake; loading goes on. */
export type Report = (finding: Finding) => void;

/** Findings as problems: each once, by file in the order of first mention, then by line. */
export function toProblems(findings: readonly Finding[]): readonly Problem[] {
  const seen = new Map<string, Problem>();
  const files: string[] = [];
  for (const { place, message, hint } of findings) {
    const where = locate(place);
    if (!files.includes(where.file)) files.push(where.file);
    const key = `${where.file}:${where.line}:${where.column}:${message}`;
    const excerpt = printable(where.excerpt ?? "");
    const problem = {
      ...where,
      excerpt,
      message: printable(message),
      ...(hint === undefined ? {} : { hint: printable(hint) }),
    };
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

/** Control characters of a file do not reach a terminal. Each becomes one character, so that columns stay. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/g, "\uFFFD");
}

import { fitText } from "../text/fit-text.ts";
import type { Glyphs } from "../text/glyphs.ts";
import type { Level } from "../text/json-line.ts";
import { fitLine, type Line, type Span, span, type Tone, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { type EntryParts, entryParts, fieldText } from "./entry-text.ts";
import type { LogEntry } from "./log-buffer.ts";

/** How log rows are laid out. */
export interface LogLayout {
  /** Cells. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  readonly isWrapped: boolean;
  /** Cells for the name of the instance; 0: not shown. */
  readonly nameWidth: number;
  readonly hasTime: boolean;
  /** Names the level of every JSON line; else only of those that warn or worse. */
  readonly hasLevel: boolean;
  /** What an entry's instance is called: `api.2`. */
  readonly nameOf: (entry: LogEntry) => string;
  /** The service whose name stands out. */
  readonly accented: string | undefined;
  /** What is searched for, to be highlighted. */
  readonly pattern: RegExp | undefined;
  readonly glyphs: Glyphs;
}

/** The rows of an entry: one, or as many as it needs where lines are wrapped. Each is exactly `width` cells. */
export function entryRows(entry: LogEntry, layout: LogLayout): readonly Line[] {
  const { width, glyphs } = layout;
  const parts = entryParts(entry);
  const head = entry.service === "" ? [] : headOf(entry, parts, layout);
  const body = bodyOf(entry, parts).flatMap((each) => highlight(each, layout.pattern));
  const line = [...head, ...body];
  if (!layout.isWrapped) return [fitLine(line, width, glyphs.ellipsis)];
  const indent = Math.min(headWidth(layout), width >> 1);
  return wrapLine(line, width, indent).map((row) => fitLine(row, width, glyphs.ellipsis));
}

/** `14:02:11`, in this machine's zone. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The tone of a level: quiet ones dim, grave ones bad. */
export function levelTone(level: Level | undefined): Tone {
  if (level === "error" || level === "fatal") return "bad";
  if (level === "warn") return "busy";
  return level === "trace" || level === "debug" ? "dim" : "plain";
}

const headWidth = (layout: LogLayout): number =>
  (layout.hasTime ? 9 : 0) + (layout.nameWidth > 0 ? layout.nameWidth + 1 : 0);

function headOf(entry: LogEntry, parts: EntryParts, layout: LogLayout): readonly Span[] {
  const { nameWidth, glyphs, accented } = layout;
  const name = fitText(neutralise(layout.nameOf(entry)), nameWidth, glyphs.ellipsis);
  const isGrave = parts.level === "warn" || parts.level === "error" || parts.level === "fatal";
  const isTold = parts.isJson && parts.level !== undefined && (layout.hasLevel || isGrave);
  return [
    ...(layout.hasTime ? [span(`${timeOfDay(entry.at)} `, "dim")] : []),
    ...(nameWidth > 0 ? [span(`${name} `, entry.service === accented ? "accent" : "dim")] : []),
    ...(isTold ? [span(`${(parts.level ?? "").padEnd(layout.hasLevel ? 5 : 0)} `, levelTone(parts.level))] : []),
  ];
}

function bodyOf(entry: LogEntry, parts: EntryParts): readonly Span[] {
  const tone = entry.service === "" ? "dim" : levelTone(parts.level);
  const fields = parts.fields.map((field) => span(` ${fieldText(field)}`, "dim"));
  const rest = parts.cutFrom === undefined ? [] : [span(` (${sizeText(parts.cutFrom)}, Enter shows all)`, "dim")];
  return [span(parts.message, tone), ...fields, ...rest];
}

const sizeText = (characters: number): string =>
  characters < 1_000_000 ? `${Math.round(characters / 1_000)} KB` : `${(characters / 1_000_000).toFixed(1)} MB`;

/** Splits a span so that what the pattern finds has the tone of a match. */
export function highlight(each: Span, pattern: RegExp | undefined): readonly Span[] {
  if (!pattern) return [each];
  const spans: Span[] = [];
  let end = 0;
  for (const match of each.text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))) {
    if (match[0] === "") continue;
    if (match.index > end) spans.push({ ...each, text: each.text.slice(end, match.index) });
    spans.push(span(match[0], "match"));
    end = match.index + match[0].length;
  }
  return end === 0 ? [each] : [...spans, ...(end < each.text.length ? [{ ...each, text: each.text.slice(end) }] : [])];
}

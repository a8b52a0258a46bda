import type { Finding } from "../report.ts";
import type { Source } from "./source.ts";

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

const wording: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  TAB_AS_INDENT: { message: "a tab indents this line", hint: "YAML wants spaces there" },
  BAD_INDENT: { message: "the indentation does not fit", hint: "line it up with its siblings, with spaces" },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key goes over several lines",
    hint: "is there a `:` missing at the end of a line above?",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a nested mapping stands on one line",
    hint: "put it on a line of its own, or quote the value",
  },
  UNEXPECTED_TOKEN: {
    message: "this is not expected here",
    hint: "look for a missing quote, or text after a closed one",
  },
  BAD_ALIAS: { message: "this alias cannot be read", hint: "write *name, and quote values that begin with *" },
  KEY_OVER_1024_CHARS: { message: "a key is longer than 1024 characters", hint: "is a `:` or a line end missing?" },
};

/** Our words for a mistake in YAML itself. */
export function describeYamlError(error: YamlError, source: Source): Finding {
  const start = lastWritten(source.text, error.pos[0]);
  const place = { source, start, end: Math.max(error.pos[1], start + 1) };
  const { message, hint } = notClosed(error.message) ??
    wording[error.code] ?? { message: lowerFirst(error.message), hint: undefined };
  return { place, message: `this is not YAML: ${message}`, ...(hint === undefined ? {} : { hint }) };
}

/** What was opened and not closed is noticed where the text ends: say what is missing. */
function notClosed(message: string): { readonly message: string; readonly hint: string } | undefined {
  const bracket = /end with a? ?([\]}])/.exec(message)?.[1];
  if (bracket !== undefined)
    return { message: `a ${bracket} is missing before this`, hint: "close what was opened above" };
  if (/closing ["']quote/.test(message))
    return { message: "a quote is not closed before this", hint: "close what was opened above" };
  return undefined;
}

/** A mistake at the end of a text is shown at the last character that somebody wrote. */
function lastWritten(text: string, offset: number): number {
  if (text.slice(offset).trim() !== "") return offset;
  return Math.max(0, text.slice(0, offset).trimEnd().length - 1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
